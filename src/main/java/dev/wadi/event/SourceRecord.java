package dev.wadi.event;

import java.time.Instant;
import java.util.Objects;

/**
 * What a source delivers once envelopes are opened: the bytes of one event, not yet looked at.
 *
 * @param source the source's name as it stands in manifests and metrics, such as {@code sqs:events}
 * @param position where the record stands in its source, unique there: {@code message#index},
 *     {@code shard@sequence}, {@code file@offset}
 * @param delivery what brought it, which its source acknowledges as one
 * @param bytes the original bytes; never changed after construction, so they are not copied
 * @param receivedAt when this process took the record from its source
 * @param attempts how often the source has delivered it, this time included; at least 1
 * @param flaw why the source knows that it is no event; null where decoding is to tell
 */
public record SourceRecord(
    String source,
    String position,
    String delivery,
    byte[] bytes,
    Instant receivedAt,
    int attempts,
    Flaw flaw) {

  public SourceRecord {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(position, "position");
    Objects.requireNonNull(delivery, "delivery");
    Objects.requireNonNull(bytes, "bytes");
    Objects.requireNonNull(receivedAt, "receivedAt");
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts of " + position + " is " + attempts);
    }
  }

  /** A record that may be an event. */
  public SourceRecord(
      String source,
      String position,
      String delivery,
      byte[] bytes,
      Instant receivedAt,
      int attempts) {
    this(source, position, delivery, bytes, receivedAt, attempts, null);
  }

  /** A record whose position is {@code <delivery>#<index>}, or that nothing else came with. */
  public SourceRecord(
      String source, String position, byte[] bytes, Instant receivedAt, int attempts) {
    this(source, position, upToIndex(position), bytes, receivedAt, attempts);
  }

  @Override
  public String toString() {
    return source + " " + position + " (" + bytes.length + " bytes)";
  }

  private static String upToIndex(String position) {
    int index = position.lastIndexOf('#');
    return index < 0 ? position : position.substring(0, index);
  }
}
