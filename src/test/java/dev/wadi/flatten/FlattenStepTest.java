package dev.wadi.flatten;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wadi.event.Batch;
import dev.wadi.event.Event;
import dev.wadi.event.EventKey;
import dev.wadi.event.ExchangeProperty;
import dev.wadi.event.Original;
import dev.wadi.event.Outcome;
import dev.wadi.event.SourceRecord;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class FlattenStepTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TEXT =
      """
      {"id": "e1", "user": {"name": "Ada", "age": 36}, "cost": 1.10, "big": 123456789012345678901,
       "ok": true, "no": false, "none": null, "links": [1, {"a": "b"}, []]}
      """;

  private final Flatten flatten = new Flatten(new Columns(100, Map.of(), new Counted().metrics), 8);
  private final FlattenStep flattenStep = new FlattenStep(flatten);
  private final KeepStep keepStep = new KeepStep(flatten);

  @Test
  void leavesTheOriginalBytesToLandWhereNothingWasChanged() {
    assertThat(flattened(TEXT, document(TEXT)))
        .containsEntry("user_name", "Ada")
        .containsEntry("created", Instant.EPOCH)
        .doesNotContainKey("_doc");
  }

  @Test
  void knowsTheOriginalHoweverLongItsNamesAndNumbersAre() {
    ObjectNode document = document("{\"deep\": " + "[".repeat(990) + "]".repeat(990) + "}");
    document.put("n".repeat(70_000), 0.0);
    String number = "0." + "0".repeat(2_000) + "1";
    String json = document.toString().replace(":0.0", ":" + number);
    assertThat(json).contains(number);
    assertThat(Original.isStill(bytes(json), document)).isTrue();
    assertThat(Original.isStill(bytes(json.replace("n\"", "m\"")), document)).isFalse();
  }

  @Test
  void landsNothingThatAStepDroppedInPlace() {
    ObjectNode document = document(TEXT);
    ((ObjectNode) document.get("user")).remove("name");
    Map<String, Object> row = flattened(TEXT, document);

    assertThat(row).doesNotContainKey("user_name").containsKey("_doc");
    assertThat((String) row.get("_doc")).contains("\"age\":36").doesNotContain("Ada");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"e2\"}",
        "{\"id\":\"e1\",\"more\":1}",
        "{\"id\":[\"e1\"]}",
        "{\"id\":null}",
        "{\"id\":{\"a\":\"e1\"}}",
        "{}"
      })
  void landsTheJsonThatAStepMadeInstead(String changed) {
    assertThat(flattened("{\"id\":\"e1\"}", changed)).containsEntry("_doc", changed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"v\":2}",
        "{\"v\":1.0}",
        "{\"v\":12345678901234567890123}",
        "{\"v\":1.5}",
        "{\"v\":true}",
        "{\"v\":false}",
        "{\"v\":null}",
        "{\"v\":[]}",
        "{\"v\":[1]}",
        "{\"v\":[1,2]}",
        "{\"v\":[[1]]}",
        "{\"v\":{}}",
        "{\"v\":{\"a\":1}}",
        "{\"v\":{\"b\":1}}",
        "{\"v\":\"1\"}",
        "{\"w\":2}"
      })
  void tellsAnyChangeFromNone(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    assertThat(Original.isStill(bytes, document(json))).isTrue();
    for (String other :
        List.of(
            "{\"v\":1}", "{\"v\":2.5}", "{\"v\":[1,3]}", "{\"v\":\"x\"}", "{\"v\":{\"a\":2}}")) {
      assertThat(Original.isStill(bytes, document(other))).as(other).isFalse();
    }
  }

  @Test
  void comparesNumbersThatWereReadExactly() {
    ObjectNode exact = JsonNodeFactory.instance.objectNode();
    exact.put("v", new java.math.BigDecimal("1.10"));

    assertThat(Original.isStill(bytes("{\"v\": 1.1}"), exact)).isTrue();
    assertThat(Original.isStill(bytes("{\"v\": 1.2}"), exact)).isFalse();
  }

  @Test
  void takesBytesThatAreNotPlainJsonForChanged() {
    ObjectNode document = document("{\"v\":1}");

    assertThat(Original.isStill(bytes("v\n1\n"), document)).isFalse();
    assertThat(Original.isStill(bytes("{\"v\":1} 2"), document)).isFalse();
    assertThat(Original.isStill(bytes("{\"v\":1"), document)).isFalse();
    assertThat(Original.isStill(bytes("{\"v\":1,\"v\":1}"), document)).isFalse();
    assertThat(Original.isStill(new byte[0], document)).isFalse();
    assertThat(Original.isStill(bytes("  "), document)).isFalse();
    assertThat(Original.isStill("{\"v\":1}".getBytes(StandardCharsets.UTF_16BE), document))
        .isFalse();
    assertThat(Original.isStill("{\"v\":1}".getBytes(StandardCharsets.UTF_16LE), document))
        .isFalse();
    assertThat(Original.isStill("{\"v\":1}".getBytes(StandardCharsets.UTF_16), document)).isFalse();
  }

  @Test
  void takesADocumentInAnyFormThatAStepLeaves() {
    Map<String, Object> map = new LinkedHashMap<>(Map.of("id", "e1"));
    for (Object body :
        List.of(
            map,
            "{\"id\":\"e1\"}",
            bytes("{\"id\":\"e1\"}"),
            new ByteArrayInputStream(bytes("{\"id\":\"e1\"}")))) {
      assertThat(flattened("{\"id\": \"e1\"}", body))
          .as(body.getClass().getName())
          .containsEntry("id", "e1")
          .doesNotContainKey("_doc");
    }
  }

  @Test
  void failsTheEventWhereNoObjectIsLeft() {
    for (Object body :
        List.of("[1]", "not json", "", "5", 5, JsonNodeFactory.instance.arrayNode())) {
      assertThatThrownBy(() -> flattened(TEXT, body))
          .as("%s", body)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("the step before flatten");
    }
    assertThatThrownBy(() -> flattened(TEXT, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nothing");
    assertThatThrownBy(() -> flattened(TEXT, new Object()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.lang.Object");
  }

  @Test
  void namesTheStepThatARouteLacks() {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    assertThatThrownBy(() -> flattenStep.process(exchange))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(ExchangeProperty.EVENT);
  }

  @Test
  void keepsACandidateInTheAccountWithItsColumns() {
    Exchange exchange = exchange(TEXT, document(TEXT));
    flattenStep.process(exchange);
    Map<String, Object> row = columnsOf(exchange);
    row.put("Region", "eu");
    keepStep.process(exchange);

    Batch batch = exchange.getProperty(ExchangeProperty.BATCH, Batch.class);
    Outcome outcome = batch.account().outcome(batch.records().get(0));
    assertThat(outcome).isInstanceOf(Outcome.Candidate.class);
    Outcome.Candidate candidate = (Outcome.Candidate) outcome;
    assertThat(candidate.table()).isEqualTo("events");
    assertThat(candidate.event().document()).isNull();
    assertThat(candidate.columns()).containsEntry("region", "eu").containsEntry("user_age", 36L);
    row.clear();
    assertThat(candidate.columns()).isNotEmpty();
  }

  @Test
  void keepsNothingButColumns() {
    Exchange exchange = exchange(TEXT, "a text");

    assertThatThrownBy(() -> keepStep.process(exchange))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("columns that flatten made");
    assertThat(exchange.getProperty(ExchangeProperty.BATCH, Batch.class).account().unaccounted())
        .hasSize(1);
  }

  private Map<String, Object> flattened(String original, Object body) {
    Exchange exchange = exchange(original, body);
    flattenStep.process(exchange);
    return columnsOf(exchange);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> columnsOf(Exchange exchange) {
    return exchange.getMessage().getBody(Map.class);
  }

  private static Exchange exchange(String original, Object body) {
    SourceRecord record = new SourceRecord("sqs:events", "m1#0", bytes(original), Instant.EPOCH, 1);
    Event event =
        new Event(
            record,
            "json",
            EventKey.of("json", "e1"),
            7L,
            "e1",
            "t",
            null,
            null,
            Instant.EPOCH,
            Map.of("created", Instant.EPOCH),
            document(original));
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.setProperty(
        ExchangeProperty.BATCH, new Batch("sqs:events", 1, List.of(record), List.of("m1")));
    exchange.setProperty(ExchangeProperty.RECORD, record);
    exchange.setProperty(ExchangeProperty.EVENT, event);
    exchange.getMessage().setBody(body);
    return exchange;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static ObjectNode document(String json) {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (java.io.IOException e) {
      throw new IllegalArgumentException(json, e);
    }
  }
}
