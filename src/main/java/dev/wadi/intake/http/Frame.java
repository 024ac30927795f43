package dev.wadi.intake.http;

import dev.wadi.event.Isolation;
import java.time.Instant;
import java.util.List;

/**
 * What was written to the log together, and is acknowledged together: events of one or many
 * requests.
 *
 * @param segment the file that it is in
 * @param offset where it begins there
 * @param length its bytes there
 * @param at when it was written
 * @param isolation why its events become dead letters unread; null for events
 * @param events at least one
 */
record Frame(
    Segment segment,
    long offset,
    int length,
    Instant at,
    Isolation isolation,
    List<byte[]> events) {

  /** What tells it from every other frame, of this process and of others. */
  String id() {
    return segment.id() + "@" + offset;
  }

  long end() {
    return offset + length;
  }
}
