package dev.wadi.flatten;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wadi.event.ColumnType;
import dev.wadi.event.SetupException;
import dev.wadi.ops.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ColumnsTest {

  private final Counted counted = new Counted();
  private final Columns columns = new Columns(1_000, Map.of(), counted.metrics);

  @Test
  void namesAColumnByItsPath() {
    see("/subject/content/pipelineName", "build");

    assertThat(columns.all())
        .containsExactly(
            new Column(
                "subject_content_pipeline_name", "/subject/content/pipelineName", ColumnType.TEXT));
  }

  @Test
  void keepsNamesUniqueWithoutRegardToCase() {
    see("/chainId", "a");
    see("/chain_id", "b");
    see("/CHAINID", "c");
    see("/ChainID", "d");
    see("/chain/id", "e");

    assertThat(columns.all())
        .extracting(Column::name)
        .containsExactly("chain_id", "chain_id_2", "chainid", "chain_id_3", "chain_id_4");
  }

  @Test
  void makesNoColumnOfAPathThatIsTooLong() {
    String name = "n".repeat(Columns.LONGEST_PATH - "/a/".length());
    see("/a/" + name, "kept");
    see("/a/" + name + "n", "refused");
    see("/a/b/" + name, "refused");

    assertThat(columns.all()).extracting(Column::path).containsExactly("/a/" + name);
    assertThat(counted.refused()).isEqualTo(2);
  }

  @Test
  void keepsAColumnOfALongPathThatTheLakeHas() {
    String path = "/" + "n".repeat(5_000);
    columns.load(List.of(new Column("long", path, ColumnType.TEXT)));
    assertThat(see(path, "value")).containsEntry("long", "value");
  }

  @Test
  void leavesCoreColumnsToTheCore() {
    see("/event_id", "a");
    see("/eventType", "b");
    see("/_doc", "c");
    see("/event_date", "d");

    assertThat(columns.all())
        .extracting(Column::name)
        .containsExactly("event_id_2", "event_type_2", "_doc_2", "event_date_2");
    assertThat(Columns.isCore("event_time")).isTrue();
    assertThat(Columns.isCore("event_id_2")).isFalse();
  }

  @Test
  void leavesTheNamesOfFoldersToTheFolders() {
    Columns byYear =
        new Columns(
            10,
            List.of("year", "event_type"),
            Map.of(),
            new Metrics(new SimpleMeterRegistry(), Clock.systemUTC()));
    byYear.place(byYear.documents().of("year"), 1L, new HashMap<>());
    byYear.place(byYear.documents().of("month"), 1L, new HashMap<>());

    assertThat(byYear.all()).extracting(Column::name).containsExactly("year_2", "month");
  }

  @Test
  void tellsADotInANameFromALevel() {
    see("/a.b", "x");
    see("/a/b", "y");
    see("/a~1b", "z");

    assertThat(columns.all()).extracting(Column::path).containsExactly("/a.b", "/a/b", "/a~1b");
    assertThat(columns.all()).extracting(Column::name).containsExactly("a_b", "a_b_2", "a_b_3");
  }

  @Test
  void letsTheFirstValueDecideTheType() {
    see("/a", "text");
    see("/b", 1L);
    see("/c", 1.5);
    see("/d", true);
    see("/a", 5L);
    see("/b", "text");

    assertThat(columns.all())
        .extracting(Column::type)
        .containsExactly(ColumnType.TEXT, ColumnType.BIGINT, ColumnType.DOUBLE, ColumnType.BOOLEAN);
    assertThat(counted.drifted()).isEqualTo(1);
  }

  @Test
  void widensWholeNumbersWhenAFractionComes() {
    see("/n", 1L);
    Map<String, Object> row = see("/n", 2.5);
    Map<String, Object> later = see("/n", 3L);

    assertThat(row).containsEntry("n", 2.5);
    assertThat(later).containsEntry("n", 3.0);
    assertThat(columns.named("n").type()).isEqualTo(ColumnType.DOUBLE);
    assertThat(counted.drifted()).isZero();
  }

  @Test
  void readsNumbersAndBooleansFromTextWhereATypeIsPinned() {
    Map<String, ColumnType> pins =
        Map.of("n", ColumnType.BIGINT, "d", ColumnType.DOUBLE, "b", ColumnType.BOOLEAN);
    Columns pinned = new Columns(10, pins, counted.metrics);

    assertThat(row(pinned, "17", "17.50", "true", "17"))
        .isEqualTo(Map.of("n", 17L, "d", 17.5, "b", true, "free", "17"));
    assertThat(row(pinned, "-0", "-1e3", "false", "x"))
        .isEqualTo(Map.of("n", 0L, "d", -1e3, "b", false, "free", "x"));
    assertThat(counted.drifted()).isZero();
    for (String wrong : List.of("", " 1", "+1", "01", "1.", ".5", "1,5", "0x1", "NaN", "TRUE")) {
      assertThat(row(pinned, wrong, wrong, wrong, "x")).as(wrong).isEqualTo(Map.of("free", "x"));
    }
    assertThat(counted.drifted()).isEqualTo(30);
    assertThat(row(pinned, "1", "1e999", "true", "x")).doesNotContainKey("d");
  }

  @Test
  void widensAPinnedColumnByTextAsByANumber() {
    Columns pinned = new Columns(10, Map.of("n", ColumnType.BIGINT), counted.metrics);

    assertThat(row(pinned, "2.0")).isEqualTo(Map.of("n", 2L));
    assertThat(row(pinned, "2.5")).isEqualTo(Map.of("n", 2.5));
    assertThat(pinned.named("n").type()).isEqualTo(ColumnType.DOUBLE);
  }

  /** A row of texts under the names n, d, b and free. */
  private static Map<String, Object> row(Columns columns, String... texts) {
    List<String> paths = List.of("/n", "/d", "/b", "/free");
    Map<String, Object> row = new LinkedHashMap<>();
    for (int i = 0; i < texts.length; i++) {
      columns.place(columns.documents().at(paths.get(i)), texts[i], row);
    }
    return row;
  }

  @Test
  void pinsTypesByTheNameOfTheColumn() {
    Columns pinned =
        new Columns(
            10,
            Map.of("context_timestamp", ColumnType.TIMESTAMP, "a_b", ColumnType.TEXT),
            counted.metrics);
    Map<String, Object> row = new LinkedHashMap<>();
    pinned.place(pinned.documents().at("/context/timestamp"), "no time", row);
    pinned.place(pinned.documents().at("/a/b"), 7L, row);

    assertThat(pinned.named("context_timestamp").type()).isEqualTo(ColumnType.TIMESTAMP);
    assertThat(row).containsExactly(Map.entry("a_b", "7"));
    assertThat(counted.drifted()).isEqualTo(1);
  }

  @Test
  void refusesNewPathsBeyondTheLimitAndCountsThem() {
    Columns small = new Columns(2, Map.of(), counted.metrics);
    Map<String, Object> row = new LinkedHashMap<>();
    for (String path : List.of("/a", "/b/c", "/d", "/d", "/a2/b")) {
      small.place(small.documents().at(path), 1L, row);
    }
    small.place(small.documents().at("/a"), 2L, new LinkedHashMap<>());

    assertThat(row).containsOnlyKeys("a", "b_c");
    assertThat(small.all()).hasSize(2);
    assertThat(counted.refused()).isEqualTo(3);
    assertThat(small.documents().at("/d").inTree()).isNull();
    assertThat(small.documents().at("/a2").inTree()).isNull();
  }

  @Test
  void findsAColumnThatWasMadeAfterItsPathWasLookedUp() {
    Columns small = new Columns(1, Map.of(), counted.metrics);
    PathNode early = small.documents().at("/a/b");
    small.place(small.documents().at("/a/b"), 1L, new LinkedHashMap<>());
    Map<String, Object> row = new LinkedHashMap<>();
    small.place(early, 2L, row);

    assertThat(row).containsExactly(Map.entry("a_b", 2L));
    assertThat(counted.refused()).isZero();
  }

  @Test
  void givesWhatTheLakeLacksUntilItIsSaved() {
    see("/a", 1L);
    see("/b", "x");
    List<Column> first = columns.unsaved();
    see("/a", 1.5);
    see("/c", true);
    columns.markSaved(first);

    assertThat(first).extracting(Column::name).containsExactly("a", "b");
    assertThat(columns.unsaved())
        .containsExactly(
            new Column("a", "/a", ColumnType.DOUBLE), new Column("c", "/c", ColumnType.BOOLEAN));
  }

  @Test
  void loadsWhatAnEarlierProcessSaved() {
    see("/chainId", "a");
    see("/chain_id", 1L);
    see("/x~y/z", true);
    columns.place(columns.entry("added by hand"), 5L, new LinkedHashMap<>());
    List<Column> version1 = columns.all();
    see("/chain_id", 0.5);
    List<Column> version2 = List.of(columns.named("chain_id_2"));

    Columns next = new Columns(1_000, Map.of(), counted.metrics);
    next.load(version1);
    next.load(version2);

    assertThat(next.all()).isEqualTo(columns.all());
    assertThat(next.unsaved()).isEmpty();
    Map<String, Object> row = new LinkedHashMap<>();
    next.place(next.documents().at("/x~0y/z"), true, row);
    next.place(next.entry("added by hand"), 6L, row);
    next.place(next.documents().at("/chain_id"), 2L, row);
    assertThat(row).containsOnlyKeys("x_y_z", "added_by_hand", "chain_id_2");
    assertThat(next.all()).hasSameSizeAs(columns.all());
  }

  @Test
  void neverNarrowsWhenLoading() {
    see("/n", 0.5);
    columns.load(List.of(new Column("n", "/n", ColumnType.BIGINT)));

    assertThat(columns.named("n").type()).isEqualTo(ColumnType.DOUBLE);
    assertThat(columns.unsaved()).containsExactly(new Column("n", "/n", ColumnType.DOUBLE));
  }

  @Test
  void takesOverWhatAnotherProcessSavedAlike() {
    see("/a", "x");
    see("/n", 1L);
    columns.load(
        List.of(new Column("a", "/a", ColumnType.TEXT), new Column("n", "/n", ColumnType.DOUBLE)));

    assertThat(columns.named("n").type()).isEqualTo(ColumnType.DOUBLE);
    assertThat(columns.unsaved()).isEmpty();
  }

  @Test
  void refusesASchemaThatContradictsItself() {
    columns.load(List.of(new Column("a", "/a", ColumnType.TEXT)));

    for (Column other :
        List.of(
            new Column("a", "/b", ColumnType.TEXT),
            new Column("c", "/a", ColumnType.TEXT),
            new Column("a", "/a", ColumnType.BIGINT))) {
      assertThatThrownBy(() -> columns.load(List.of(other)))
          .as("%s", other)
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("/a")
          .hasMessageContaining("mend _wadi/schema");
    }
  }

  @Test
  void saysToStartAgainWhenAnotherProcessSavedOtherwise() {
    see("/chainId", "a");

    for (Column other :
        List.of(
            new Column("chain_id", "/chain_id", ColumnType.TEXT),
            new Column("chain_id", "/chainId", ColumnType.BIGINT))) {
      assertThatThrownBy(() -> columns.load(List.of(other)))
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("start again");
    }
  }

  @Test
  void refusesAColumnNameThatIsNone() {
    assertThatThrownBy(() -> new Column("a\"b", "/a", ColumnType.TEXT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a\"b");
  }

  @Test
  void knowsNoColumnThatWasNeverSeen() {
    assertThat(columns.named("nothing")).isNull();
  }

  @Test
  void givesManyThreadsOneColumnPerPath() {
    Flatten flatten = new Flatten(columns, 8);
    List<Map<String, Object>> rows =
        IntStream.range(0, 4_000)
            .parallel()
            .mapToObj(n -> flatten.flatten(document(n), Map.of()))
            .toList();

    assertThat(columns.all()).hasSize(400);
    assertThat(columns.all().stream().map(Column::name).collect(Collectors.toSet())).hasSize(400);
    assertThat(columns.all().stream().map(Column::path).collect(Collectors.toSet())).hasSize(400);
    for (int n = 0; n < rows.size(); n++) {
      String path = "/group" + n % 20 + "/field" + n % 400;
      String name = columns.documents().at(path).column.name();
      assertThat(rows.get(n)).hasSize(1).containsKey(name);
    }
    assertThat(counted.drifted() + counted.refused()).isZero();
  }

  private static ObjectNode document(int n) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.putObject("group" + n % 20).put("field" + n % 400, n % 2 == 0 ? n : n + 0.5);
    return document;
  }

  private Map<String, Object> see(String pointer, Object natural) {
    Map<String, Object> row = new LinkedHashMap<>();
    columns.place(columns.documents().at(pointer), natural, row);
    return row;
  }
}
