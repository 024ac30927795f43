package dev.wadi.intake;

import dev.wadi.event.Isolation;
import dev.wadi.event.SourceRecord;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What a source takes in, holds and acknowledges as one: a queue's message, a part of an object, a
 * frame of a log. It is acknowledged when each of its records has an outcome that is durable.
 */
public interface Delivery {

  /** Unique in its source for as long as it can come again; stands in manifests. */
  String id();

  /** When whoever sent it had done so; its source's lag is counted from then. */
  Instant sentAt();

  /** At least one, all of one source, their positions unique there. */
  List<SourceRecord> records();

  /** Whether nothing else may be in its batch, since it may be what ends the process. */
  default boolean isAlone() {
    return false;
  }

  /** Why its records become dead letters as they are; null if they don't. */
  default Isolation isolation() {
    return null;
  }

  /**
   * Whether it is a part of something that may be cut otherwise when it comes again, so that others
   * of its records may have been accounted for than one sees by one of them.
   */
  default boolean isCutOut() {
    return false;
  }

  default int size() {
    return records().size();
  }

  /** How many bytes its records have. */
  default long bytes() {
    return records().stream().mapToLong(record -> record.bytes().length).sum();
  }

  /** The source that its records are of. */
  default String source() {
    return records().get(0).source();
  }

  /** Whether both may be in one batch. */
  default boolean goesWith(Delivery other) {
    return !isAlone()
        && !other.isAlone()
        && source().equals(other.source())
        && Objects.equals(isolation(), other.isolation());
  }
}
