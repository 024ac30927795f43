package dev.wadi.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The chart's values, the schema that judges them, and the application's settings agree. */
@Tag("unit")
class ChartSchemaTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  static Stream<JsonNode> wholeValues() throws IOException {
    List<JsonNode> all = new ArrayList<>(List.of(Chart.values()));
    for (String file : Chart.EXAMPLES) {
      all.add(Chart.valuesWith(file));
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("wholeValues")
  void allowsTheChartsOwnValues(JsonNode values) throws IOException {
    assertThat(Chart.refusals(values)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("wholeValues")
  void nameSettingsThatThereAreWithValuesThatTheyTake(JsonNode values) {
    values
        .path("settings")
        .properties()
        .forEach(
            entry ->
                assertThat(SettingsSchema.settings())
                    .as("%s = %s", entry.getKey(), entry.getValue())
                    .anyMatch(
                        setting ->
                            setting.property().equals(entry.getKey())
                                && setting.takes(entry.getValue().asText())));
  }

  @Test
  void knowsTheSettingsOfTheApplication() throws IOException {
    ObjectNode schema = Chart.schema();
    ObjectNode settings = (ObjectNode) schema.at("/properties/settings");
    ObjectNode secrets = (ObjectNode) schema.at("/properties/secretSettings");
    if (Boolean.getBoolean("wadi.docs.update")) {
      assertThat(System.getenv("CI")).as("the schema is not rewritten in CI").isNull();
      settings.set("properties", SettingsSchema.properties());
      secrets.set("properties", SettingsSchema.secretProperties());
      Files.writeString(Chart.SCHEMA, pretty(schema));
    }
    assertThat(settings.get("properties"))
        .as("write it anew with -Dwadi.docs.update=true")
        .isEqualTo(JSON.readTree(SettingsSchema.properties().toString()));
    assertThat(settings.get("additionalProperties").asBoolean(true)).isFalse();
    assertThat(secrets.get("properties"))
        .as("write it anew with -Dwadi.docs.update=true")
        .isEqualTo(SettingsSchema.secretProperties());
    assertThat(secrets.get("additionalProperties").asBoolean(true)).isFalse();
  }

  @Test
  void takesEverySecretOfTheApplicationFromASecret() throws IOException {
    ObjectNode values = (ObjectNode) Chart.values();
    ObjectNode secrets = (ObjectNode) values.get("secretSettings");
    SettingsSchema.secrets()
        .forEach(setting -> secrets.putObject(setting.property()).put("name", "s").put("key", "k"));
    assertThat(secrets.has("wadi.poll.token")).isTrue();
    assertThat(secrets.has("wadi.intake.postgres.password")).isTrue();
    ObjectNode files = (ObjectNode) values.get("secretFiles");
    files.putObject("tls.crt").put("name", "s").put("key", "tls.crt");
    assertThat(Chart.refusals(values)).isEmpty();
  }

  @Test
  void hasTheSameMembersAsTheValuesAndAllowsNoOthers() throws IOException {
    assertSameMembers("", Chart.schema(), Chart.values());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"replicaCount\": 3} | replicaCount",
        "{\"settings\": {\"wadi.intake.queu\": \"x\"}} | wadi.intake.queu",
        "{\"settings\": {\"wadi.http.port\": 9090}} | wadi.http.port",
        "{\"settings\": {\"wadi.http.events.token\": \"s\"}} | wadi.http.events.token",
        "{\"secretSettings\": {\"wadi.poll.url\": {\"name\": \"s\", \"key\": \"k\"}}} | wadi.poll.url",
        "{\"secretSettings\": {\"wadi.poll.token\": \"open\"}} | wadi.poll.token",
        "{\"secretSettings\": {\"wadi.poll.token\": {\"name\": \"s\"}}} | key",
        "{\"secretFiles\": {\"../x\": {\"name\": \"s\", \"key\": \"k\"}}} | ../x",
        "{\"settings\": {\"wadi.shutdown.timeout\": \"sixty\"}} | wadi.shutdown.timeout",
        "{\"settings\": {\"wadi.deduplicate.repository\": \"redis\"}} | wadi.deduplicate.repository",
        "{\"replicas\": 0} | replicas",
        "{\"keda\": {\"minReplicas\": 0}} | minReplicas",
        "{\"persistence\": {\"size\": \"10GB\"}} | size",
        "{\"resources\": {\"limits\": {\"cpu\": 1}}} | memory",
        "{\"routes\": {\"mask.xml\": \"x\"}} | mask.xml"
      })
  void refuses(String over, String named) throws IOException {
    ObjectNode values = (ObjectNode) Chart.values();
    JSON.readTree(over)
        .properties()
        .forEach(
            entry -> {
              if (values.get(entry.getKey()) instanceof ObjectNode inner
                  && !entry.getKey().equals("resources")) {
                entry
                    .getValue()
                    .properties()
                    .forEach(one -> inner.set(one.getKey(), one.getValue()));
              } else {
                values.set(entry.getKey(), entry.getValue());
              }
            });
    assertThat(Chart.refusals(values)).anyMatch(message -> message.contains(named));
  }

  private static void assertSameMembers(String path, JsonNode schema, JsonNode values) {
    assertThat(schema.path("additionalProperties").asBoolean(true)).as(path).isFalse();
    List<String> described = new ArrayList<>();
    schema.path("properties").fieldNames().forEachRemaining(described::add);
    // helm hands it to every chart
    described.remove("global");
    List<String> given = new ArrayList<>();
    values.fieldNames().forEachRemaining(given::add);
    assertThat(given).as("members of %s", path).containsExactlyInAnyOrderElementsOf(described);
    values
        .properties()
        .forEach(
            entry -> {
              JsonNode inner = schema.path("properties").path(entry.getKey());
              boolean isFixed = inner.has("required") && inner.has("properties");
              if (isFixed) {
                assertSameMembers(path + "/" + entry.getKey(), inner, entry.getValue());
              }
            });
  }

  private static String pretty(JsonNode schema) throws IOException {
    DefaultIndenter indent = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(indent).withArrayIndenter(indent);
    return JSON.writer(printer).writeValueAsString(schema) + "\n";
  }
}
