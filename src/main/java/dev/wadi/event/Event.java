package dev.wadi.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * An event, read by its shape.
 *
 * @param record the record it came in
 * @param shape the name of the shape that read it
 * @param key what tells it from every other event
 * @param payloadHash hash of its canonical JSON: equal for equal content, whatever the member
 *     order, spaces and number forms
 * @param id the event's own id, as text
 * @param type what {@code event_type} and its partition hold, unescaped
 * @param subtype null where the shape has none
 * @param source the event's own source, null where the shape has none; not the source it came by
 * @param time when it happened, never null
 * @param derived further columns that the shape derives: text, Long, Double, Boolean or Instant by
 *     column name; often empty
 * @param document the parsed JSON; null once the columns have been taken from it
 */
public record Event(
    SourceRecord record,
    String shape,
    EventKey key,
    long payloadHash,
    String id,
    String type,
    String subtype,
    String source,
    Instant time,
    Map<String, Object> derived,
    ObjectNode document)
    implements Decoded {

  public Event {
    Objects.requireNonNull(record, "record");
    Objects.requireNonNull(shape, "shape");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(time, "time");
    derived = Map.copyOf(derived);
  }

  /** The same event without its parsed document, which is large; the bytes stay in the record. */
  public Event withoutDocument() {
    return new Event(
        record, shape, key, payloadHash, id, type, subtype, source, time, derived, null);
  }
}
