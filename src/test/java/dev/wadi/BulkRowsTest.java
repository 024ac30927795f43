package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.decode.DecodeLimits;
import dev.wadi.decode.Decoder;
import dev.wadi.decode.FastDecoder;
import dev.wadi.event.Batch;
import dev.wadi.event.Event;
import dev.wadi.event.EventBlock;
import dev.wadi.event.Outcome;
import dev.wadi.event.RandomEvents;
import dev.wadi.event.SourceRecord;
import dev.wadi.event.Tape;
import dev.wadi.event.TextBlock;
import dev.wadi.flatten.Columns;
import dev.wadi.flatten.Flatten;
import dev.wadi.flatten.TapeSink;
import dev.wadi.land.BulkStager;
import dev.wadi.land.FileLayout;
import dev.wadi.land.FileLimits;
import dev.wadi.land.FolderLakeStore;
import dev.wadi.land.Partitioning;
import dev.wadi.land.SchemaLog;
import dev.wadi.land.StagedObject;
import dev.wadi.land.Stager;
import dev.wadi.land.format.FileFormat;
import dev.wadi.land.format.ParquetFormat;
import dev.wadi.land.format.Staging;
import dev.wadi.ops.Metrics;
import dev.wadi.shape.Shape;
import dev.wadi.shape.Shapes;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole blocks become the same files as the same events one by one, read by DuckDB alone. */
@Tag("unit")
class BulkRowsTest {

  private static final Instant RECEIVED = Instant.parse("2026-11-21T12:00:00.123456Z");
  private static final String COMMIT = "01KAJ0000000000000000000AA";

  private final Metrics metrics = new Metrics(new SimpleMeterRegistry(), Clock.systemUTC());
  private final Shape shape = new Shapes(null, Map.of()).named("cdevents");
  private final Columns columns = new Columns(1_000, shape.columns(), metrics);
  private final TapeSink sink = new TapeSink(columns);
  private final Flatten flatten = new Flatten(columns, 8);

  @TempDir Path folder;

  @Test
  void writesTheRowsThatOneEventAfterTheOtherGives() throws Exception {
    List<String> events = events();
    TextBlock records = new TextBlock("in.jsonl", events.toArray(String[]::new));
    EventBlock block = new EventBlock(records, RECEIVED, new Tape());
    Batch batch = fill(records, block);

    LakeSchema schema = new LakeSchema(columns);
    SchemaLog log = new SchemaLog(new FolderLakeStore(folder.resolve("lake")), schema);
    FileLayout layout =
        new FileLayout(new Partitioning(Partitioning.DEFAULT), new FileLimits(50, 1 << 20));
    try (FileFormat format = new ParquetFormat();
        Staging bulk = new Staging(folder.resolve("bulk"), format, 2);
        Staging single = new Staging(folder.resolve("single"), format, 1)) {
      List<StagedObject> written =
          new BulkStager(bulk, schema, log, "file", layout)
              .stage(COMMIT, RECEIVED, List.of(block), List.of());
      List<StagedObject> expected =
          new Stager(single, schema, log, layout, Clock.fixed(RECEIVED, ZoneOffset.UTC))
              .stage(COMMIT, List.of(batch));

      assertThat(keys(written)).containsExactlyInAnyOrderElementsOf(keys(expected));
      for (String table : List.of("events", "duplicates", "conflicts")) {
        assertSameRows(files(written, table), files(expected, table));
      }
    }
  }

  private static List<String> events() {
    List<String> events = new ArrayList<>();
    Iterator<byte[]> random = RandomEvents.valid("cdevents", 5);
    while (events.size() < 400) {
      String event = new String(random.next(), StandardCharsets.UTF_8);
      if (!event.contains("\n") && !event.contains("\r")) {
        events.add(event);
      }
    }
    return events;
  }

  /** Decodes both ways; every ninth is a duplicate, every tenth a conflict. */
  private Batch fill(TextBlock records, EventBlock block) {
    List<Outcome> outcomes = new ArrayList<>();
    List<SourceRecord> single = new ArrayList<>();
    Decoder decoder = new Decoder(shape, DecodeLimits.DEFAULT, metrics);
    FastDecoder fast = new FastDecoder(shape, DecodeLimits.DEFAULT, 8, sink, metrics);
    block.tape().start(records.bytes());
    sink.use(block.tape());
    int taken = 0;
    for (int n = 0; n < records.count(); n++) {
      byte[] bytes =
          java.util.Arrays.copyOfRange(records.bytes(), records.start(n), records.end(n));
      single.add(new SourceRecord("file", records.position(n), bytes, RECEIVED, 1));
      Event event = (Event) decoder.decode(single.get(n));
      Map<String, Object> row = flatten.flatten(event.document(), event.derived());
      if (fast.decode(records.bytes(), records.start(n), records.end(n))) {
        taken++;
        fast.giveId(sink.id());
        fast.giveSource(sink.source());
      } else {
        sink.row(event.id(), event.source(), row);
      }
      block.event(
          n,
          event.key().high(),
          event.key().low(),
          event.payloadHash(),
          event.type(),
          event.subtype(),
          event.time());
      if (n % 10 == 9) {
        block.conflict(n, n);
        outcomes.add(new Outcome.Conflict(event, null, n));
      } else if (n % 9 == 8) {
        block.duplicate(n);
        outcomes.add(new Outcome.Duplicate(event, null));
      } else {
        outcomes.add(new Outcome.Candidate("events", event, row));
      }
      block.tape().endRecord();
    }
    assertThat(taken).isBetween(1, records.count() - 1);
    Batch batch = new Batch("file", 1, single, List.of());
    for (int n = 0; n < outcomes.size(); n++) {
      batch.account().put(single.get(n), outcomes.get(n));
    }
    return batch;
  }

  private static List<String> keys(List<StagedObject> objects) {
    // which file of a commit has which number depends on the order
    return objects.stream()
        .map(object -> object.key().replaceFirst("-\\d+\\.", "-n.") + " " + object.rows())
        .toList();
  }

  private static List<String> files(List<StagedObject> objects, String table) {
    return objects.stream()
        .filter(object -> object.table().equals(table))
        .map(object -> "'" + object.file() + "'")
        .toList();
  }

  private static void assertSameRows(List<String> files, List<String> expected) throws Exception {
    assertThat(files).isNotEmpty();
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = duckdb.createStatement()) {
      String read = "read_parquet([%s], union_by_name = true, hive_partitioning = false)";
      sql.execute("CREATE VIEW one AS FROM " + read.formatted(String.join(",", files)));
      sql.execute("CREATE VIEW other AS FROM " + read.formatted(String.join(",", expected)));
      String names =
          first(
              sql,
              "SELECT string_agg('\"' || column_name || '\"', ',' ORDER BY column_name)"
                  + " FROM (DESCRIBE one)");
      assertThat(names)
          .isEqualTo(
              first(
                  sql,
                  "SELECT string_agg('\"' || column_name || '\"', ',' ORDER BY column_name)"
                      + " FROM (DESCRIBE other)"));
      assertThat(first(sql, "SELECT count(*) FROM one")).isNotEqualTo("0");
      for (String[] two : new String[][] {{"one", "other"}, {"other", "one"}}) {
        assertThat(
                first(
                    sql,
                    "SELECT count(*) FROM (SELECT %1$s FROM %2$s EXCEPT ALL SELECT %1$s FROM %3$s)"
                        .formatted(names, two[0], two[1])))
            .isEqualTo("0");
      }
    }
  }

  private static String first(Statement sql, String query) throws Exception {
    try (ResultSet row = sql.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }
}
