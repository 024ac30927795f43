package dev.wadi.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The chart's files. */
final class Chart {

  static final Path FOLDER = Path.of("deploy", "helm", "wadi");
  static final Path SCHEMA = FOLDER.resolve("values.schema.json");

  /** Laid over values.yaml, each by itself. */
  static final List<String> EXAMPLES = List.of("values-dev.yaml", "values-prod.yaml");

  private static final ObjectMapper YAML = new YAMLMapper();
  private static final ObjectMapper JSON = new ObjectMapper();

  private Chart() {}

  static JsonNode values() throws IOException {
    return YAML.readTree(FOLDER.resolve("values.yaml").toFile());
  }

  /** The chart's values with those of a file over them, as helm merges them. */
  static JsonNode valuesWith(String file) throws IOException {
    ObjectNode values = (ObjectNode) values();
    merge(values, YAML.readTree(FOLDER.resolve(file).toFile()));
    return values;
  }

  static ObjectNode schema() throws IOException {
    return (ObjectNode) JSON.readTree(SCHEMA.toFile());
  }

  /** What the schema has against values. */
  static List<String> refusals(JsonNode values) throws IOException {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(schema());
    return schema.validate(values).stream().map(ValidationMessage::getMessage).toList();
  }

  /** All templates, one after the other. */
  static String templates() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER.resolve("templates"))) {
      return files.filter(Files::isRegularFile).sorted().map(Chart::text).collect(Collectors.joining());
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void merge(ObjectNode values, JsonNode over) {
    over.properties()
        .forEach(
            entry -> {
              if (values.get(entry.getKey()) instanceof ObjectNode inner
                  && entry.getValue().isObject()) {
                merge(inner, entry.getValue());
              } else {
                values.set(entry.getKey(), entry.getValue());
              }
            });
  }
}
