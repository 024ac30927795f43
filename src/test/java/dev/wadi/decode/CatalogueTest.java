package dev.wadi.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.wadi.event.Event;
import dev.wadi.event.Rejected;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every type of every spec version in the catalogue, by a reader of its own: the least event that
 * it allows is an event, and without any one of its fields it is rejected for just that.
 */
@Tag("unit")
class CatalogueTest {

  private static final JsonNode CATALOGUE = read();

  private final Decoding decoding = new Decoding("cdevents");

  @Test
  void hasTheTypesOfThreeSpecVersions() {
    assertThat(CATALOGUE.at("/specs/0.3.0/events")).hasSize(39);
    assertThat(CATALOGUE.at("/specs/0.4.1/events")).hasSize(45);
    assertThat(CATALOGUE.at("/specs/0.5.1/events")).hasSize(45);
  }

  @TestFactory
  List<DynamicTest> takesTheLeastEventAndNamesTheOneFieldThatItLacks() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Map.Entry<String, JsonNode> spec : CATALOGUE.get("specs").properties()) {
      for (String type : (Iterable<String>) spec.getValue().get("events")::fieldNames) {
        String name = spec.getKey() + " " + type;
        tests.add(DynamicTest.dynamicTest(name, () -> check(spec.getKey(), type)));
      }
    }
    return tests;
  }

  private void check(String version, String type) {
    ObjectNode least = least(version, type);
    Event event = decoding.event(least.toString());
    assertThat(event.type()).isEqualTo(type.split("\\.")[2] + "." + type.split("\\.")[3]);
    List<String> paths = new ArrayList<>();
    collect("", least, paths);
    assertThat(paths).contains("context.id", "subject.id", "subject.content");
    for (String path : paths) {
      ObjectNode lacking = least.deepCopy();
      String parent = path.contains(".") ? path.substring(0, path.lastIndexOf('.')) : "";
      ObjectNode object = parent.isEmpty() ? lacking : (ObjectNode) lacking.at(pointer(parent));
      JsonNode removed = object.remove(path.substring(path.lastIndexOf('.') + 1));
      Rejected rejected = decoding.rejected(lacking.toString());
      assertThat(rejected.reason()).isEqualTo("missing_field");
      // a missing object lacks the fields that it must have as well
      String named = named(path);
      if (removed.isEmpty()) {
        assertThat(rejected.rule()).isEqualTo(named);
      } else {
        assertThat(rejected.rule().split(","))
            .allMatch(rule -> rule.equals(named) || rule.startsWith(named + "."))
            .contains(named);
      }
    }
    assertThat(decoding.metrics.registry().getMeters()).as("counted as unknown").isEmpty();
  }

  private static ObjectNode least(String version, String type) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    fill(event, CATALOGUE.at("/specs/" + version + "/every"));
    fill(event, CATALOGUE.at("/specs/" + version + "/events").get(type));
    event
        .withObject("/context")
        .put(version.equals("0.5.1") ? "specversion" : "version", version)
        .put("id", "id of " + type)
        .put("source", "/source")
        .put("type", type)
        .put("timestamp", "2026-11-21T12:00:00Z");
    return event;
  }

  private static void fill(ObjectNode event, JsonNode fields) {
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      if (!field.getKey().startsWith("(")) {
        JsonNode kind = field.getValue();
        JsonNode meant = CATALOGUE.get("kinds").has(kind.asText()) ? named(kind) : kind;
        if (meant.isObject()) {
          fill(event.withObject("/" + field.getKey()), meant);
        } else {
          event.put(field.getKey(), meant.isArray() ? meant.get(0).textValue() : "some text");
        }
      }
    }
  }

  private static JsonNode named(JsonNode kind) {
    return CATALOGUE.get("kinds").get(kind.textValue());
  }

  private static String named(String path) {
    return path.matches("context\\.(spec)?version") ? "context.specversion|version" : path;
  }

  private static void collect(String prefix, ObjectNode object, List<String> paths) {
    object
        .properties()
        .forEach(
            field -> {
              paths.add(prefix + field.getKey());
              if (field.getValue() instanceof ObjectNode inner) {
                collect(prefix + field.getKey() + ".", inner, paths);
              }
            });
  }

  private static String pointer(String path) {
    return "/" + path.replace('.', '/');
  }

  private static JsonNode read() {
    try {
      return new YAMLMapper()
          .readTree(CatalogueTest.class.getResourceAsStream("/shapes/cdevents.catalogue.yaml"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
