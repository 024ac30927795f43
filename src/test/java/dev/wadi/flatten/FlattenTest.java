package dev.wadi.flatten;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wadi.event.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class FlattenTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Counted counted = new Counted();
  private final Columns columns =
      new Columns(1_000, Map.of("at", ColumnType.TIMESTAMP), counted.metrics);
  private final Flatten flatten = new Flatten(columns, 3);

  @Test
  void givesEveryScalarItsColumnInTheDocumentsOrder() {
    assertThat(
            rowOf(
                """
                {"id": "a1", "subject": {"content": {"durationMs": 12, "cost": 0.5}, "ok": true},
                 "links": [{"k": 1}], "none": null, "empty": {}}
                """))
        .containsExactly(
            entry("id", "a1"),
            entry("subject_content_duration_ms", 12L),
            entry("subject_content_cost", 0.5),
            entry("subject_ok", true),
            entry("links", "[{\"k\":1}]"));
    assertThat(columns.all()).hasSize(5);
  }

  @Test
  void keepsAnObjectBeyondTheDepthLimitAsText() {
    assertThat(rowOf("{\"a\": {\"b\": {\"c\": {\"d\": {\"e\": 1}}, \"f\": 2}}}"))
        .containsExactly(entry("a_b_c", "{\"d\":{\"e\":1}}"), entry("a_b_f", 2L));
  }

  @Test
  void keepsAScalarAndAnObjectOfOneNameApart() {
    assertThat(rowOf("{\"a\": 1}")).containsExactly(entry("a", 1L));
    assertThat(rowOf("{\"a\": {\"b\": 2}}")).containsExactly(entry("a_b", 2L));
    assertThat(counted.drifted()).isZero();
  }

  @Test
  void writesNumbersAndBooleansIntoATextColumnAsJson() {
    rowOf("{\"v\": \"text\"}");

    assertThat(rowOf("{\"v\": 12}")).containsEntry("v", "12");
    assertThat(rowOf("{\"v\": true}")).containsEntry("v", "true");
    assertThat(rowOf("{\"v\": 1.5}")).containsEntry("v", "1.5");
    assertThat(rowOf("{\"v\": [1, \"x\"]}")).containsEntry("v", "[1,\"x\"]");
    assertThat(counted.drifted()).isZero();
  }

  @Test
  void leavesOutWhatDoesNotFitAndCountsIt() {
    rowOf("{\"n\": 1, \"d\": 0.5, \"b\": true}");

    assertThat(rowOf("{\"n\": \"x\", \"d\": \"x\", \"b\": 1}")).isEmpty();
    assertThat(rowOf("{\"n\": true, \"d\": [], \"b\": \"true\"}")).isEmpty();
    assertThat(counted.drifted()).isEqualTo(6);
  }

  @Test
  void takesAWholeNumberInAnyForm() {
    rowOf("{\"n\": 1}");

    assertThat(rowOf("{\"n\": 2.0}")).containsEntry("n", 2L);
    assertThat(rowOf("{\"n\": 3e2}")).containsEntry("n", 300L);
    assertThat(columns.named("n").type()).isEqualTo(ColumnType.BIGINT);
    assertThat(rowOf("{\"n\": 1e30}")).containsEntry("n", 1e30);
    assertThat(columns.named("n").type()).isEqualTo(ColumnType.DOUBLE);
  }

  @Test
  void keepsNumbersBeyond64BitsWhereTheyFit() {
    String big = "123456789012345678901234567890";
    rowOf("{\"n\": 1, \"d\": 0.5}");

    assertThat(rowOf("{\"big\": " + big + "}")).containsEntry("big", big);
    assertThat(rowOf("{\"d\": " + big + "}")).containsEntry("d", 1.2345678901234568e29);
    assertThat(rowOf("{\"n\": " + big + "}")).isEmpty();
    assertThat(counted.drifted()).isEqualTo(1);
  }

  @Test
  void keepsNumbersBeyondDoubleAsTextOnly() throws Exception {
    ObjectMapper exact =
        JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    rowOf("{\"d\": 0.5}");
    ObjectNode document =
        (ObjectNode) exact.readTree("{\"d\": 1e400, \"big\": 1e400, \"x\": 0.25}");

    assertThat(flatten.flatten(document, Map.of()))
        .containsExactly(entry("big", "1E+400"), entry("x", 0.25));
    assertThat(rowOf("{\"inf\": 1e400}")).containsEntry("inf", "Infinity");
    assertThat(counted.drifted()).isEqualTo(1);
  }

  @Test
  void readsIso8601WhereATimestampIsPinned() {
    assertThat(rowOf("{\"at\": \"2026-11-21T12:00:00.5+02:00\"}"))
        .containsEntry("at", Instant.parse("2026-11-21T10:00:00.5Z"));
    assertThat(rowOf("{\"at\": \"2026-11-21T12:00:00\"}"))
        .containsEntry("at", Instant.parse("2026-11-21T12:00:00Z"));
    assertThat(rowOf("{\"at\": \"yesterday\"}")).isEmpty();
    assertThat(rowOf("{\"at\": 1700000000}")).isEmpty();
    assertThat(rowOf("{\"at\": \"+12026-11-21T12:00:00Z\"}")).isEmpty();
    assertThat(rowOf("{\"at\": \"-0001-11-21T12:00:00Z\"}")).isEmpty();
    assertThat(counted.drifted()).isEqualTo(4);
  }

  @Test
  void addsWhatTheShapeDerivesButForCoreColumns() {
    Instant created = Instant.parse("2026-11-21T12:00:00Z");
    Map<String, Object> derived = new LinkedHashMap<>();
    derived.put("created_datetime", created);
    derived.put("event_subtype", "order");

    assertThat(flatten.flatten(document("{\"a\": 1}"), derived))
        .containsExactly(entry("a", 1L), entry("created_datetime", created));
    assertThat(columns.named("created_datetime").type()).isEqualTo(ColumnType.TIMESTAMP);
  }

  @Test
  void keepsADerivedColumnApartFromAPayloadFieldOfItsName() {
    rowOf("{\"team\": \"from the payload\"}");
    Map<String, Object> added = flatten.fit(Map.of("Team", "added"));

    assertThat(added).containsExactly(entry("team_2", "added"));
  }

  @Test
  void neverMergesTwoEntriesOfARow() {
    flatten.fit(Map.of("Team Name", "a"));
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("Team Name", "b");
    row.put("team_name", "c");

    assertThat(flatten.fit(row)).containsExactly(entry("team_name", "b"));
    assertThat(counted.drifted()).isEqualTo(1);
  }

  @Test
  void fitsRowsThatAStepHasChanged() {
    Map<String, Object> row = new LinkedHashMap<>(rowOf("{\"chainId\": \"c\", \"n\": 1}"));
    row.put("region", "eu");
    row.put("Cost Centre", 12);
    row.put("ratio", 0.5f);
    row.put("price", new BigDecimal("1.25"));
    row.put("huge", new BigInteger("9".repeat(30)));
    row.put("tags", List.of("a", "b"));
    row.put("nested", Map.of("a", 1));
    row.put("json", document("{\"a\": 1}").get("a"));
    row.put("time", OffsetDateTime.parse("2026-11-21T12:00:00+01:00"));
    row.put("zoned", Instant.EPOCH.atZone(ZoneId.of("Europe/Berlin")));
    row.put("date", new Date(0));
    row.put("kind", ColumnType.TEXT);
    row.put("nothing", null);
    row.put("event_type", "not the core's");
    row.put(null, "no name");
    row.put("_doc", document("{\"a\": 1}"));

    assertThat(flatten.fit(row))
        .containsExactly(
            entry("chain_id", "c"),
            entry("n", 1L),
            entry("region", "eu"),
            entry("cost_centre", 12L),
            entry("ratio", 0.5),
            entry("price", 1.25),
            entry("huge", "9".repeat(30)),
            entry("tags", "[\"a\",\"b\"]"),
            entry("nested", "{\"a\":1}"),
            entry("json", 1L),
            entry("time", Instant.parse("2026-11-21T11:00:00Z")),
            entry("zoned", Instant.EPOCH),
            entry("date", Instant.EPOCH),
            entry("kind", "TEXT"),
            entry("event_type_2", "not the core's"),
            entry("null", "no name"),
            entry("_doc", "{\"a\":1}"));
  }

  @Test
  void readsAnEntryNamedByAPointerAsThatPath() {
    rowOf("{\"a\": {\"b\": 1}}");

    assertThat(flatten.fit(Map.of("/a/b", 2L))).containsExactly(entry("a_b", 2L));
  }

  @Test
  void takesJavaValuesThatAStepPutIntoADocument() {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.putPOJO("time", Instant.EPOCH);
    document.put("bytes", new byte[] {1, 2, 3});
    document.put("ratio", 0.5f);

    assertThat(flatten.flatten(document, Map.of()))
        .containsExactly(entry("time", Instant.EPOCH), entry("bytes", "AQID"), entry("ratio", 0.5));
  }

  @Test
  void sanitisesHostileNamesAndKeepsHostileValues() {
    Map<String, Object> row =
        rowOf(
            """
            {"'; DROP TABLE x; --": "'; DROP TABLE x; --", "../../etc": "../../etc",
             "\\u0000": "\\u0000", "a\\nb": "\\ud800", "\\"": "\\""}
            """);

    assertThat(row.keySet()).allMatch(name -> name.matches("[a-z_][a-z0-9_]*"));
    assertThat(row)
        .containsEntry("_drop_table_x", "'; DROP TABLE x; --")
        .containsEntry("_etc", "../../etc")
        .hasSize(5)
        .containsValues("\0", "\ud800", "\"");
  }

  @Test
  void standsTenThousandFieldNames() {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    for (int n = 0; n < 10_000; n++) {
      document.put("field" + n, n);
      document.putObject("Field" + n).put("inner", n);
    }

    Map<String, Object> row = flatten.flatten(document, Map.of());

    assertThat(row).hasSize(1_000).containsEntry("field0", 0L);
    assertThat(columns.all()).hasSize(1_000);
    assertThat(counted.refused()).isEqualTo(19_000);
    assertThat(rowOf("{\"field0\": 7}")).containsEntry("field0", 7L);
  }

  @Test
  void standsTenThousandPathsThatWantOneName() {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    for (int n = 0; n < 10_000; n++) {
      document.put("!".repeat(n % 100 + 1) + "a" + "?".repeat(n / 100), n);
    }

    assertThat(flatten.flatten(document, Map.of())).hasSize(1_000).containsKeys("_a", "_a_1000");
  }

  @Test
  void refusesADepthLimitBelowOne() {
    assertThatThrownBy(() -> new Flatten(columns, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  private Map<String, Object> rowOf(String json) {
    return flatten.flatten(document(json), Map.of());
  }

  private static ObjectNode document(String json) {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (java.io.IOException e) {
      throw new IllegalArgumentException(json, e);
    }
  }
}
