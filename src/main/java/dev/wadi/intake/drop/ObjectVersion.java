package dev.wadi.intake.drop;

import java.time.Instant;
import java.util.Objects;

/**
 * One version of an object, as a notification names it. Two notifications of the same version are
 * equal in all that tells it.
 *
 * @param key as the store knows it, not URL-encoded
 * @param version tells it from every other version of the key
 * @param versionId the store's id of it; null where the bucket has no versions
 * @param etag what the store must answer with for it to be this version; null if that isn't known
 * @param size in bytes; -1 if that isn't known
 * @param modified when it was written, as the notification says; null if it doesn't
 */
record ObjectVersion(
    String bucket,
    String key,
    String version,
    String versionId,
    String etag,
    long size,
    Instant modified) {

  ObjectVersion {
    Objects.requireNonNull(bucket, "bucket");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(version, "version");
  }

  /**
   * A version as notifications describe it: by its id, else by its ETag and the sequencer, which
   * rises with each write of a key.
   *
   * @param versionId null or "null" where the bucket has no versions
   * @param etag without quotes; may be null
   * @param sequencer may be null
   */
  static ObjectVersion of(
      String bucket,
      String key,
      String versionId,
      String etag,
      String sequencer,
      long size,
      Instant modified) {
    boolean versioned = versionId != null && !versionId.isEmpty() && !versionId.equals("null");
    String tag = etag == null || etag.isEmpty() ? null : etag.replace("\"", "");
    return new ObjectVersion(
        bucket,
        key,
        versioned ? versionId : joined(tag, sequencer),
        versioned ? versionId : null,
        tag,
        size,
        modified);
  }

  /** Tells it from every object there is: the id of its delivery, and the begin of positions. */
  String id() {
    return bucket + "/" + key + "@" + version;
  }

  @Override
  public String toString() {
    return "s3://" + bucket + "/" + key + (versionId == null ? "" : "?versionId=" + versionId);
  }

  private static String joined(String etag, String sequencer) {
    String order = sequencer == null ? "" : sequencer;
    return etag == null ? order : order.isEmpty() ? etag : etag + "-" + order;
  }
}
