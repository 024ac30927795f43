package dev.wadi.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An example of each type of CDEvents in each version of the specification, made of the shipped
 * catalogue by a reader that shares no code with the one under test.
 */
public final class CatalogueExamples {

  private static final JsonNode CATALOGUE = catalogue();

  /**
   * The examples of one type.
   *
   * @param version of the specification
   * @param type as it stands in {@code context.type}
   * @param least with the required fields and nothing else
   * @param whole with the optional ones too
   */
  public record Example(String version, String type, ObjectNode least, ObjectNode whole) {

    @Override
    public String toString() {
      return version + " " + type;
    }
  }

  /**
   * An example without one of the fields that it must have.
   *
   * @param field the path of what was taken away
   * @param named what a rejection must name: the field, and if it is an object, what it must have
   * @param event the example without it
   */
  public record Lacking(Example example, String field, Set<String> named, ObjectNode event) {}

  private static final List<String> CONTEXT = List.of("id", "source", "type", "timestamp");

  private CatalogueExamples() {}

  /** All types of all versions, each event with an id of its own. */
  public static List<Example> all() {
    List<Example> examples = new ArrayList<>();
    for (Map.Entry<String, JsonNode> spec : CATALOGUE.get("specs").properties()) {
      for (String type : (Iterable<String>) spec.getValue().get("events")::fieldNames) {
        examples.add(
            new Example(
                spec.getKey(),
                type,
                event(spec.getKey(), type, false),
                event(spec.getKey(), type, true)));
      }
    }
    return examples;
  }

  /**
   * An event of an example's type once for each field that it must have, without that field; also
   * for those that must be in an optional object once that is there.
   *
   * @param event the example's least or whole event
   */
  public static List<Lacking> lacking(Example example, ObjectNode event) {
    Set<String> required = required(example, event);
    List<Lacking> lacking = new ArrayList<>();
    for (String field : required) {
      ObjectNode without = event.deepCopy();
      remove(without, field);
      Set<String> named = new LinkedHashSet<>();
      for (String other : required) {
        if (other.equals(field) || isRequiredIn(field, other, required)) {
          named.add(
              other.matches("context\\.(spec)?version") ? "context.specversion|version" : other);
        }
      }
      lacking.add(new Lacking(example, field, named, without));
    }
    return lacking;
  }

  /** The whole event once for each field that it need not have, without that field. */
  public static List<ObjectNode> withoutOneOptionalField(Example example) {
    Set<String> paths = new LinkedHashSet<>();
    collect("", example.whole(), paths);
    paths.removeAll(required(example, example.whole()));
    List<ObjectNode> events = new ArrayList<>();
    for (String path : paths) {
      ObjectNode without = example.whole().deepCopy();
      remove(without, path);
      events.add(without);
    }
    return events;
  }

  /** The paths of all fields that are in the event and must be. */
  private static Set<String> required(Example example, ObjectNode event) {
    Set<String> required = new LinkedHashSet<>(List.of("context"));
    CONTEXT.forEach(name -> required.add("context." + name));
    required.add("context." + versionName(example.version()));
    JsonNode spec = CATALOGUE.at("/specs").get(example.version());
    require("", spec.get("every"), event, required);
    require("", spec.get("events").get(example.type()), event, required);
    return required;
  }

  /** Whether a field must be in an object, and not only in an optional object in that. */
  private static boolean isRequiredIn(String object, String field, Set<String> required) {
    String parent = field;
    while (parent.startsWith(object + ".") && required.contains(parent)) {
      parent = parent.substring(0, parent.lastIndexOf('.'));
    }
    return parent.equals(object);
  }

  private static void require(
      String prefix, JsonNode fields, JsonNode event, Set<String> required) {
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      boolean optional = field.getKey().startsWith("(");
      String name = optional ? bare(field.getKey()) : field.getKey();
      if (event.has(name)) {
        if (!optional) {
          required.add(prefix + name);
        }
        if (meant(field.getValue()).isObject()) {
          require(prefix + name + ".", meant(field.getValue()), event.get(name), required);
        }
      }
    }
  }

  private static void collect(String prefix, ObjectNode object, Set<String> paths) {
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      paths.add(prefix + member.getKey());
      if (member.getValue() instanceof ObjectNode inner) {
        collect(prefix + member.getKey() + ".", inner, paths);
      }
    }
  }

  private static void remove(ObjectNode event, String path) {
    int dot = path.lastIndexOf('.');
    JsonNode parent = dot < 0 ? event : event.at("/" + path.substring(0, dot).replace('.', '/'));
    ((ObjectNode) parent).remove(path.substring(dot + 1));
  }

  /** The types of a version of the specification. */
  public static List<String> types(String version) {
    List<String> types = new ArrayList<>();
    CATALOGUE.at("/specs/" + version + "/events").fieldNames().forEachRemaining(types::add);
    return types;
  }

  private static ObjectNode event(String version, String type, boolean whole) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event
        .withObject("/context")
        .put(versionName(version), version)
        .put("id", (whole ? "whole " : "least ") + version + " " + type)
        .put("source", "/source")
        .put("type", type)
        .put("timestamp", "2026-11-21T12:00:00Z");
    fill(event, CATALOGUE.at("/specs/" + version + "/every"), whole);
    fill(event, CATALOGUE.at("/specs/" + version + "/events").get(type), whole);
    return event;
  }

  private static void fill(ObjectNode event, JsonNode fields, boolean whole) {
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      boolean required = !field.getKey().startsWith("(");
      if (required || whole) {
        String name = required ? field.getKey() : bare(field.getKey());
        put(event, name, meant(field.getValue()), whole);
      }
    }
  }

  private static void put(ObjectNode event, String name, JsonNode kind, boolean whole) {
    if (kind.isObject()) {
      fill(event.withObject("/" + name), kind, whole);
    } else if (kind.isArray()) {
      event.put(name, kind.get(0).textValue());
    } else {
      switch (kind.textValue()) {
        case "array" -> event.putArray(name).add("an item");
        case "object|text" -> event.putObject(name).put("free", true);
        case "text", "filled-text" -> event.put(name, "some text");
        default -> throw new IllegalStateException("no example of a " + kind);
      }
    }
  }

  private static String bare(String name) {
    return name.substring(1, name.length() - 1);
  }

  private static String versionName(String version) {
    return version.equals("0.5.1") ? "specversion" : "version";
  }

  private static JsonNode meant(JsonNode kind) {
    return CATALOGUE.get("kinds").has(kind.asText())
        ? CATALOGUE.get("kinds").get(kind.textValue())
        : kind;
  }

  private static JsonNode catalogue() {
    try {
      return new YAMLMapper()
          .readTree(CatalogueExamples.class.getResourceAsStream("/shapes/cdevents.catalogue.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
