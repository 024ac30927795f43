package dev.wadi.shape;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wadi.event.ColumnType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** How to read one family of events. Thread-safe. */
public final class Shape {

  private final String name;
  private final String keySpace;
  private final List<JsonPath> key;
  private final JsonPath id;
  private final TypeRule type;
  private final TimeRule time;
  private final JsonPath source;
  private final Map<String, Template> derived;
  private final PathTree ignoredInHash;
  private final Map<String, ColumnType> columns;
  private final FieldCheck[] fields;
  private final Catalogue catalogue;

  Shape(
      String name,
      String keySpace,
      List<JsonPath> key,
      JsonPath id,
      TypeRule type,
      TimeRule time,
      JsonPath source,
      Map<String, Template> derived,
      PathTree ignoredInHash,
      Map<String, ColumnType> columns,
      FieldCheck[] fields,
      Catalogue catalogue) {
    this.name = Objects.requireNonNull(name, "name");
    this.keySpace = Objects.requireNonNull(keySpace, "keySpace");
    this.key = List.copyOf(key);
    this.id = Objects.requireNonNull(id, "id");
    this.type = Objects.requireNonNull(type, "type");
    this.time = Objects.requireNonNull(time, "time");
    this.source = source;
    this.derived = Map.copyOf(derived);
    this.ignoredInHash = ignoredInHash;
    this.columns = Map.copyOf(columns);
    this.fields = fields;
    this.catalogue = catalogue;
  }

  /** The file's name without {@code .yaml}; it stands in metrics and dead letters. */
  public String name() {
    return name;
  }

  /** What keeps this family's keys apart from every other's; the name unless the file says else. */
  public String keySpace() {
    return keySpace;
  }

  /** Where the parts of the key stand; at least one. */
  public List<JsonPath> key() {
    return key;
  }

  public JsonPath id() {
    return id;
  }

  public TypeRule type() {
    return type;
  }

  public TimeRule time() {
    return time;
  }

  /** Where the event's own source stands; null if the shape has none. */
  public JsonPath source() {
    return source;
  }

  /** The paths to leave out of the payload hash; null if there are none. */
  public PathTree ignoredInHash() {
    return ignoredInHash;
  }

  /** The columns whose type is pinned, by the flattened name. */
  public Map<String, ColumnType> columns() {
    return columns;
  }

  /**
   * Checks a document against the fields that the shape and its catalogue declare.
   *
   * @param into gets what is wrong with it
   * @return how much of it the catalogue knows
   */
  public Familiarity check(ObjectNode document, Violations into) {
    if (catalogue == null) {
      FieldCheck.check(fields, document, into);
      return Familiarity.KNOWN;
    }
    Catalogue.Entry entry = catalogue.find(document);
    FieldCheck.check(entry.checks(), document, into);
    return entry.familiarity();
  }

  /** Where the versions stand that the catalogue knows events by; empty if there is none. */
  public List<JsonPath> versions() {
    return catalogue == null ? List.of() : catalogue.version();
  }

  /** Where the type stands that the catalogue knows events by; null if there is no catalogue. */
  public JsonPath catalogueType() {
    return catalogue == null ? null : catalogue.type();
  }

  /**
   * The fields that {@link #check} asks for in events of a type and version.
   *
   * @param typeText as the event has it; not blank
   * @param versionText the first of {@link #versions} that is not blank; null without catalogue
   */
  public Checks checks(String typeText, String versionText) {
    return catalogue == null
        ? new Checks(List.of(fields), Familiarity.KNOWN)
        : catalogue.checks(typeText, versionText);
  }

  /**
   * What a document must have.
   *
   * @param familiarity how much of it the catalogue knows
   */
  public record Checks(List<FieldCheck> fields, Familiarity familiarity) {}

  /** Whether {@link #derive} gives no columns whatever the event. */
  public boolean derivesNothing() {
    return derived.isEmpty();
  }

  /**
   * The columns that the shape derives, always text; a column whose parts are absent is left out.
   */
  public Map<String, Object> derive(String eventId, EventType eventType, Instant eventTime) {
    if (derived.isEmpty()) {
      return Map.of();
    }
    Map<String, Object> columnsOfEvent = new LinkedHashMap<>();
    derived.forEach(
        (column, template) -> {
          String value =
              template.fill(
                  part ->
                      switch (part) {
                        case "id" -> eventId;
                        case "type" -> eventType.type();
                        case "subtype" -> eventType.subtype();
                        case "time" -> eventTime.toString();
                        default -> eventType.parts().get(part);
                      });
          if (value != null) {
            columnsOfEvent.put(column, value);
          }
        });
    return columnsOfEvent;
  }
}
