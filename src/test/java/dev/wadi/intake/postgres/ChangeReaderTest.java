package dev.wadi.intake.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ChangeReaderTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Table ORDERS = new Table("public", "orders");
  private static final Schema KEY = SchemaBuilder.struct().field("id", Schema.INT32_SCHEMA).build();
  private static final Schema ROW =
      SchemaBuilder.struct()
          .optional()
          .field("id", Schema.INT32_SCHEMA)
          .field("name", SchemaBuilder.string().optional().defaultValue("nobody").build())
          .field("doc", SchemaBuilder.string().name("io.debezium.data.Json").optional().build())
          .field("bytes", Schema.OPTIONAL_BYTES_SCHEMA)
          .field("list", SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA).optional().build())
          .field("real", Schema.OPTIONAL_FLOAT32_SCHEMA)
          .build();
  private static final Schema SOURCE =
      SchemaBuilder.struct()
          .field("db", Schema.STRING_SCHEMA)
          .field("schema", Schema.STRING_SCHEMA)
          .field("table", Schema.STRING_SCHEMA)
          .field("lsn", Schema.OPTIONAL_INT64_SCHEMA)
          .field("txId", Schema.OPTIONAL_INT64_SCHEMA)
          .field("ts_us", Schema.OPTIONAL_INT64_SCHEMA)
          .build();
  private static final Schema VALUE =
      SchemaBuilder.struct()
          .field("before", ROW)
          .field("after", ROW)
          .field("source", SOURCE)
          .field("op", Schema.STRING_SCHEMA)
          .build();

  private final Unchanged unchanged = Unchanged.random();
  private Map<String, String> left = Map.of();

  @Test
  void tellsChangesOfOneRecordOfTheLogByTheirNumber() throws Exception {
    ChangeReader reader = reader(false);
    assertThat(reader.read(change("c", 100, row(1))).id()).isEqualTo("0/64#0");
    assertThat(reader.read(change("c", 100, row(2))).id()).isEqualTo("0/64#1");
    assertThat(reader.read(change("c", 101, row(3))).id()).isEqualTo("0/65#0");
  }

  @Test
  void givesAChangeThePositionThatItHadWhenItComesAgain() throws Exception {
    assertThat(reader(false).read(change("u", 100, row(1))).id())
        .isEqualTo(reader(false).read(change("u", 100, row(1))).id());
  }

  @Test
  void tellsRowsThatAreReadByTheirContent() throws Exception {
    String one = reader(false).read(change("r", 100, row(1))).id();
    assertThat(reader(false).read(change("r", 900, row(1))).id()).isEqualTo(one);
    assertThat(reader(false).read(change("r", 100, row(1).put("name", "x"))).id())
        .isNotEqualTo(one);
  }

  @Test
  void tellsRowsOfATableThatWasLeftFromThoseBefore() throws Exception {
    String before = reader(false).read(change("r", 100, row(1))).id();
    left = Map.of("public.orders", "0/90");
    String back = reader(false).read(change("r", 100, row(1))).id();
    assertThat(back).isNotEqualTo(before).contains("0/90");
  }

  @Test
  void sortsByTheOrderOfTheCommits() throws Exception {
    JsonNode read = event(false, change("r", 500, row(1)));
    JsonNode early = event(false, change("c", 300, row(1), 200));
    JsonNode later = event(false, change("c", 100, row(1), 400));
    assertThat(List.of(read, early, later))
        .extracting(event -> event.get("sequence").asText())
        .isSorted();
  }

  @Test
  void hasOnlyTheKeyBeforeADeleteWithoutTheWholeRow() throws Exception {
    SourceRecord delete = change("d", 100, null);
    ((Struct) delete.value()).put("before", row(7).put("name", ""));
    assertThat(event(false, delete).get("before").toString()).isEqualTo("{\"id\":7}");
    assertThat(event(true, delete).at("/before/name").asText()).isEmpty();
    assertThat(event(true, delete).get("after").isNull()).isTrue();
  }

  @Test
  void writesNullWhereTheColumnHasADefault() throws Exception {
    assertThat(event(false, change("c", 100, row(1).put("name", null))).at("/after/name").isNull())
        .isTrue();
  }

  @Test
  void namesColumnsThatTheLogDoesNotHave() throws Exception {
    JsonNode event = event(false, change("u", 100, row(1).put("name", unchanged.text())));
    assertThat(event.get("unchanged").toString()).isEqualTo("[\"name\"]");
    assertThat(event.get("after").has("name")).isFalse();
  }

  @Test
  void keepsValuesAsTheServerHasThem() throws Exception {
    Struct row =
        row(1)
            .put("doc", "{\"a\": [1.50, null]}")
            .put("bytes", ByteBuffer.wrap(new byte[] {1, 2, 3}))
            .put("list", java.util.Arrays.asList("x", null))
            .put("real", 0.1f);
    JsonNode after = event(false, change("c", 100, row)).get("after");
    assertThat(after.toString())
        .isEqualTo(
            "{\"id\":1,\"name\":\"n\",\"doc\":{\"a\":[1.5,null]},\"bytes\":\"AQID\",\"list\":[\"x\",null],\"real\":0.1}");
    assertThat(
            event(false, change("c", 1, row(1).put("real", Float.NaN))).at("/after/real").asText())
        .isEqualTo("NaN");
  }

  @Test
  void makesARecordWithAFlawOfWhatItCannotRead() {
    Schema noDatabase =
        SchemaBuilder.struct()
            .field("schema", Schema.STRING_SCHEMA)
            .field("table", Schema.STRING_SCHEMA)
            .field("lsn", Schema.OPTIONAL_INT64_SCHEMA)
            .field("ts_us", Schema.OPTIONAL_INT64_SCHEMA)
            .build();
    Schema value =
        SchemaBuilder.struct()
            .field("before", ROW)
            .field("after", ROW)
            .field("source", noDatabase)
            .field("op", Schema.STRING_SCHEMA)
            .build();
    Struct source =
        new Struct(noDatabase)
            .put("schema", "public")
            .put("table", "orders")
            .put("lsn", 100L)
            .put("ts_us", 1L);
    Struct unreadable = new Struct(value).put("after", row(1)).put("source", source).put("op", "c");
    ChangeDelivery read = reader(false).read(record(unreadable, 1));
    assertThat(read.id()).isEqualTo("0/64#0");
    assertThat(read.record().flaw().reason()).isEqualTo("unreadable_change");
  }

  @Test
  void takesOnlyChangesOfTheTables() {
    ChangeReader reader = reader(false);
    SourceRecord other = change("c", 100, row(1));
    ((Struct) other.value()).getStruct("source").put("table", "others");
    assertThat(reader.isChange(other)).isFalse();
    assertThat(reader.isChange(change("c", 100, row(1)))).isTrue();
    assertThat(reader.isChange(new SourceRecord(Map.of(), Map.of(), "beat", KEY, null))).isFalse();
  }

  private JsonNode event(boolean full, SourceRecord record) throws Exception {
    return JSON.readTree(reader(full).read(record).record().bytes());
  }

  private ChangeReader reader(boolean full) {
    return new ChangeReader(
        "wadi",
        Map.of(ORDERS, full),
        new Landed("wadi", "1", "shop", "0/96", List.of(), left),
        new RowJson(unchanged),
        Clock.systemUTC());
  }

  private static Struct row(int id) {
    return new Struct(ROW).put("id", id).put("name", "n");
  }

  private static SourceRecord change(String op, long lsn, Struct after) {
    return change(op, lsn, after, 0);
  }

  private static SourceRecord change(String op, long lsn, Struct after, long committed) {
    Struct value = new Struct(VALUE).put("op", op).put("after", after).put("source", source(lsn));
    return record(value, committed);
  }

  private static Struct source(long lsn) {
    return new Struct(SOURCE)
        .put("db", "shop")
        .put("schema", "public")
        .put("table", "orders")
        .put("lsn", lsn)
        .put("txId", 7L)
        .put("ts_us", 1_000_000L);
  }

  private static SourceRecord record(Struct value, long committed) {
    Map<String, Object> offset = new HashMap<>();
    if (committed > 0) {
      offset.put("lsn_commit", committed);
    }
    return new SourceRecord(
        Map.of(),
        offset,
        "wadi.public.orders",
        KEY,
        new Struct(KEY).put("id", 1),
        value.schema(),
        value);
  }
}
