package dev.wadi.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What each type of event must contain in each version of a specification. Immutable.
 *
 * <p>A version or type that it doesn't know is checked by the shape's own fields alone: a consumer
 * that refuses the events of the next version stops being told anything.
 */
final class Catalogue {

  /** How to check an event, and why not more of it can be checked. */
  record Entry(FieldCheck[] checks, Familiarity familiarity) {}

  private record Spec(FieldCheck[] every, Map<String, Entry> events) {}

  private final List<JsonPath> version;
  private final JsonPath type;
  private final String custom;
  private final Map<String, Spec> specs = new HashMap<>();
  private final Map<String, Entry> anySpec = new HashMap<>();
  private final Entry unknownVersion;
  private final Entry unknownType;
  private final Entry customType;

  private Catalogue(Map<String, YamlValue> file, YamlValue root, Map<String, FieldSpec> base) {
    version = root.required(file, "version").items().stream().map(ShapeFile::path).toList();
    type = ShapeFile.path(root.required(file, "type"));
    custom = file.containsKey("custom") ? file.get("custom").text() : null;
    FieldCheck[] checks = FieldCheck.compile(base);
    unknownVersion = new Entry(checks, Familiarity.UNKNOWN_SPEC_VERSION);
    unknownType = new Entry(checks, Familiarity.UNKNOWN_TYPE);
    customType = new Entry(checks, Familiarity.CUSTOM);
    Map<String, FieldSpec> kinds = new LinkedHashMap<>();
    if (file.containsKey("kinds")) {
      file.get("kinds")
          .members()
          .forEach((name, kind) -> kinds.put(name, FieldSpec.read(kind, true, kinds)));
    }
    root.required(file, "specs")
        .members()
        .forEach((name, spec) -> specs.put(name, readSpec(spec, base, kinds)));
  }

  /**
   * Reads a catalogue.
   *
   * @param base the fields that the shape itself declares, checked together with the catalogue's
   */
  static Catalogue read(YamlValue root, Map<String, FieldSpec> base) {
    return new Catalogue(
        root.members(List.of("version", "type", "custom", "kinds", "specs")), root, base);
  }

  List<JsonPath> version() {
    return version;
  }

  JsonPath type() {
    return type;
  }

  /** The same as {@link #find} for an event of this type and version. */
  Shape.Checks checks(String typeText, String versionText) {
    Entry entry = find(typeText, versionText);
    return new Shape.Checks(List.of(entry.checks), entry.familiarity);
  }

  private Spec readSpec(
      YamlValue value, Map<String, FieldSpec> base, Map<String, FieldSpec> kinds) {
    Map<String, YamlValue> spec = value.members(List.of("every", "events"));
    Map<String, FieldSpec> every =
        spec.containsKey("every")
            ? FieldSpec.merge(base, FieldSpec.readMembers(spec.get("every"), kinds))
            : base;
    Map<String, Entry> events = new HashMap<>();
    value
        .required(spec, "events")
        .members()
        .forEach(
            (name, event) -> {
              Map<String, FieldSpec> fields =
                  FieldSpec.merge(every, FieldSpec.readMembers(event, kinds));
              Entry entry = new Entry(FieldCheck.compile(fields), Familiarity.KNOWN);
              events.put(name, entry);
              anySpec.put(name, entry);
            });
    return new Spec(FieldCheck.compile(every), events);
  }

  /** How to check this document. */
  Entry find(ObjectNode document) {
    return find(text(type, document), version(document));
  }

  private Entry find(String typeText, String versionText) {
    if (custom != null && typeText != null && typeText.startsWith(custom)) {
      return customType;
    }
    if (versionText == null) {
      // it will be rejected for that, and then everything else that is missing is named too
      return anySpec.getOrDefault(typeText, unknownVersion);
    }
    Spec spec = specs.get(versionText);
    if (spec == null) {
      return unknownVersion;
    }
    return typeText == null
        ? new Entry(spec.every, Familiarity.KNOWN)
        : spec.events.getOrDefault(typeText, unknownType);
  }

  private String version(ObjectNode document) {
    for (JsonPath path : version) {
      String text = text(path, document);
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  private static String text(JsonPath path, ObjectNode document) {
    JsonNode value = path.find(document);
    return value != null && value.isTextual() && !value.textValue().isBlank()
        ? value.textValue()
        : null;
  }
}
