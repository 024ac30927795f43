package dev.wadi.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wadi.event.Decoded;
import dev.wadi.event.Event;
import dev.wadi.event.EventKey;
import dev.wadi.event.Flaw;
import dev.wadi.event.Rejected;
import dev.wadi.event.SourceRecord;
import dev.wadi.ops.Metrics;
import dev.wadi.shape.EventType;
import dev.wadi.shape.Familiarity;
import dev.wadi.shape.JsonPath;
import dev.wadi.shape.Shape;
import dev.wadi.shape.Violations;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Reads records by one shape. Thread-safe.
 *
 * <p>Whatever the bytes are, the answer is a value: an {@link Event} or a {@link Rejected}, never
 * an exception.
 */
public final class Decoder {

  /** The stage in a dead letter. */
  public static final String STAGE = "decode";

  /** The stage of a record that its source found to be no event. */
  private static final String INTAKE = "intake";

  static final String UNKNOWN = "wadi.decode.unknown";

  private final Shape shape;
  private final Metrics metrics;
  private final DocumentParser parser;

  /**
   * @param metrics counts {@code wadi.decode.unknown} by {@code kind}: events that pass although
   *     the shape's catalogue doesn't know them
   */
  public Decoder(Shape shape, DecodeLimits limits, Metrics metrics) {
    this.shape = Objects.requireNonNull(shape, "shape");
    this.metrics = Objects.requireNonNull(metrics, "metrics");
    this.parser = new DocumentParser(limits, shape.ignoredInHash());
  }

  /** The event that a record is, or why it is none. */
  public Decoded decode(SourceRecord record) {
    Flaw flaw = record.flaw();
    if (flaw != null) {
      return new Rejected(record, shape.name(), INTAKE, flaw.reason(), flaw.rule(), flaw.message());
    }
    Parsed parsed = parser.parse(record.bytes());
    if (parsed instanceof Parsed.Fault fault) {
      return rejected(record, fault.reason(), fault.rule(), fault.message());
    }
    Parsed.Document document = (Parsed.Document) parsed;
    ObjectNode root = document.root();
    Violations violations = new Violations();
    Familiarity familiarity = shape.check(root, violations);
    if (!violations.isEmpty()) {
      boolean missing = !violations.missing().isEmpty();
      List<String> paths = missing ? violations.missing() : violations.wrong();
      return rejected(
          record,
          missing ? Reason.MISSING_FIELD : Reason.WRONG_TYPE,
          String.join(",", paths),
          violations.message());
    }
    EventType type = shape.type().read(text(shape.type().path(), root));
    if (type == null) {
      JsonPath path = shape.type().path();
      return unreadable(record, Reason.BAD_TYPE, path, shape.type().wanted(), root);
    }
    Instant time = shape.time().read(shape.time().path().find(root));
    if (time == null) {
      JsonPath path = shape.time().path();
      return unreadable(record, Reason.BAD_TIME, path, shape.time().wanted(), root);
    }
    if (familiarity != Familiarity.KNOWN) {
      metrics.count(UNKNOWN, "kind", familiarity.label(), 1);
    }
    return event(record, document, type, time);
  }

  private Event event(SourceRecord record, Parsed.Document document, EventType type, Instant time) {
    ObjectNode root = document.root();
    String id = text(shape.id(), root);
    return new Event(
        record,
        shape.name(),
        key(root),
        document.hash(),
        id,
        type.type(),
        type.subtype(),
        shape.source() == null ? null : text(shape.source(), root),
        time,
        shape.derive(id, type, time),
        root);
  }

  private EventKey key(ObjectNode root) {
    String[] parts = new String[shape.key().size()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = text(shape.key().get(i), root);
    }
    return EventKey.of(shape.keySpace(), parts);
  }

  /**
   * What stands at a path as text, and null for nothing: a number in its one canonical form, so
   * that an id has the same key as 1, 1.0 and "1".
   */
  private static String text(JsonPath path, ObjectNode root) {
    JsonNode value = path.find(root);
    if (value == null || value.isTextual()) {
      return value == null ? null : value.textValue();
    }
    if (!value.isNumber()) {
      return value.toString();
    }
    BigDecimal number =
        value.isIntegralNumber()
            ? BigDecimal.valueOf(value.longValue())
            : BigDecimal.valueOf(value.doubleValue());
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private Rejected unreadable(
      SourceRecord record, Reason reason, JsonPath path, String wanted, ObjectNode root) {
    Violations violations = new Violations();
    violations.wrong(path.text(), wanted, path.find(root));
    return rejected(record, reason, path.text(), violations.message());
  }

  private Rejected rejected(SourceRecord record, Reason reason, String rule, String message) {
    return new Rejected(record, shape.name(), STAGE, reason.code(), rule, message);
  }
}
