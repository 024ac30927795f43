package dev.wadi.intake.drop;

import dev.wadi.event.SetupException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;

/**
 * The calls of S3 that a source of objects makes. Thread-safe. What a call fails by is an {@link
 * UnreadableObjectException} if the object is at fault, a {@link SetupException} if this process
 * may not ask, and else the client's own, which is an outage.
 */
final class ObjectStore {

  /** The largest object that one copy takes: 5 GiB. */
  static final long MOST_COPIED = 5L << 30;

  /** What S3 says of an object that is in an archive. */
  private static final String ARCHIVED = "InvalidObjectState";

  private static final Set<Integer> MISSING = Set.of(404, 405, 410);
  private static final Set<Integer> DENIED = Set.of(301, 307, 401, 403);
  private static final Set<Integer> LATER = Set.of(408, 409, 429);
  private static final int REPLACED = 412;

  private final S3Client s3;

  ObjectStore(S3Client s3) {
    this.s3 = s3;
  }

  /**
   * Begins to read.
   *
   * @param from the byte to begin with
   * @param etag what the content must have; null for whatever is there
   */
  ResponseInputStream<GetObjectResponse> read(ObjectVersion object, long from, String etag) {
    try {
      return s3.getObject(
          get ->
              get.bucket(object.bucket())
                  .key(object.key())
                  .versionId(object.versionId())
                  .ifMatch(etag == null ? null : quoted(etag))
                  .range(from == 0 ? null : "bytes=" + from + "-"));
    } catch (S3Exception e) {
      throw explained(object, e);
    }
  }

  /** What is known of an object that is there. */
  HeadObjectResponse head(ObjectVersion object) {
    try {
      return s3.headObject(
          head -> head.bucket(object.bucket()).key(object.key()).versionId(object.versionId()));
    } catch (S3Exception e) {
      throw explained(object, e);
    }
  }

  /** Adds a tag, or changes its value, and leaves the others. */
  void tag(ObjectVersion object, String name, String value) {
    try {
      List<Tag> tags = new ArrayList<>();
      s3
          .getObjectTagging(
              get -> get.bucket(object.bucket()).key(object.key()).versionId(object.versionId()))
          .tagSet()
          .stream()
          .filter(tag -> !tag.key().equals(name))
          .forEach(tags::add);
      tags.add(Tag.builder().key(name).value(value).build());
      s3.putObjectTagging(
          put ->
              put.bucket(object.bucket())
                  .key(object.key())
                  .versionId(object.versionId())
                  .tagging(tagging -> tagging.tagSet(tags)));
    } catch (S3Exception e) {
      throw explained(object, e);
    }
  }

  /** Copies a version to another key of its bucket. */
  void copy(ObjectVersion object, String etag, String key) {
    try {
      s3.copyObject(
          copy ->
              copy.sourceBucket(object.bucket())
                  .sourceKey(object.key())
                  .sourceVersionId(object.versionId())
                  .copySourceIfMatch(etag == null ? null : quoted(etag))
                  .destinationBucket(object.bucket())
                  .destinationKey(key));
    } catch (S3Exception e) {
      throw explained(object, e);
    }
  }

  /** Deletes a version for good; in a bucket without versions only what still has this ETag. */
  void delete(ObjectVersion object, String etag) {
    try {
      s3.deleteObject(
          delete ->
              delete
                  .bucket(object.bucket())
                  .key(object.key())
                  .versionId(object.versionId())
                  .ifMatch(object.versionId() != null || etag == null ? null : quoted(etag)));
    } catch (S3Exception e) {
      throw explained(object, e);
    }
  }

  private static RuntimeException explained(ObjectVersion object, S3Exception e) {
    int status = e.statusCode();
    if (MISSING.contains(status)) {
      return new UnreadableObjectException(
          UnreadableObjectException.MISSING,
          "there is no " + object + " any more; if it comes back, send its notification again",
          e);
    }
    if (status == REPLACED) {
      return new UnreadableObjectException(
          UnreadableObjectException.REPLACED,
          object + " was replaced before it was read; what replaced it has its own notification",
          e);
    }
    boolean archived =
        e.awsErrorDetails() != null && ARCHIVED.equals(e.awsErrorDetails().errorCode());
    if (DENIED.contains(status) && !archived) {
      return new SetupException(
          object
              + " can't be read ("
              + e.getMessage()
              + "): allow s3:GetObject on it, and s3:ListBucket, without which S3 also denies what is"
              + " not there",
          e);
    }
    if (archived || status >= 400 && status < 500 && !LATER.contains(status)) {
      return new UnreadableObjectException(
          UnreadableObjectException.REFUSED, object + " is refused: " + e.getMessage(), e);
    }
    return e;
  }

  private static String quoted(String etag) {
    return etag.startsWith("\"") ? etag : "\"" + etag + "\"";
  }
}
