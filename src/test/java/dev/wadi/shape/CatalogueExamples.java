package dev.wadi.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
        .put(version.equals("0.5.1") ? "specversion" : "version", version)
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
        JsonNode kind = field.getValue();
        JsonNode meant = CATALOGUE.get("kinds").has(kind.asText()) ? named(kind) : kind;
        put(event, required ? field.getKey() : bare(field.getKey()), meant, whole);
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

  private static JsonNode named(JsonNode kind) {
    return CATALOGUE.get("kinds").get(kind.textValue());
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
