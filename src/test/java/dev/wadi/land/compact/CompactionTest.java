package dev.wadi.land.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.SetupException;
import dev.wadi.event.TransientException;
import dev.wadi.lake.LakeFixture;
import dev.wadi.lake.Tables;
import dev.wadi.lake.Verification;
import dev.wadi.lake.VerifyReport;
import dev.wadi.land.CommitLog;
import dev.wadi.land.FolderLakeStore;
import dev.wadi.land.OpenIntents;
import dev.wadi.land.Publisher;
import dev.wadi.land.Settlement;
import dev.wadi.land.format.Compression;
import dev.wadi.ops.Backoff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A true lake of small files, compacted in whatever circumstances: its rows stay as they are. */
@Tag("unit")
class CompactionTest {

  private static final String FOLDER = "events/event_type=change/event_date=2026-11-01/";
  private static final BooleanSupplier GO_ON = () -> false;
  private static final Duration HOUR = Duration.ofHours(1);

  /** More than a compaction makes, with what it undoes. */
  private static final int CHANGES = 16;

  @TempDir Path data;
  private LakeFixture lake;
  private FlakyStore store;
  private ParquetJoiner joiner;
  private Instant now = Instant.parse("2026-11-21T12:00:00Z");
  private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
  private List<String> rows;

  @BeforeEach
  void makeLake() throws SQLException {
    lake = new LakeFixture(data);
    lake.commit(1)
        .event("a", "1")
        .event("b", "1", "a%2Fb", "2026-11-02", ", 5::BIGINT AS size")
        .duplicate("a", "1")
        .rejected("r")
        .write();
    lake.commit(2)
        .event("c", "1")
        .event("d", "1", "a%2Fb", "2026-11-02", ", 5.5::DOUBLE AS size")
        .duplicate("b", "1")
        .conflict("a", "2", "1")
        .write();
    lake.commit(3).from(LakeFixture.DLQ_SOURCE).deadLetter("r", "not_json", "{").write();
    lake.commit(4).event("e", "1").conflict("b", "2", "1").write();
    store = new FlakyStore(new FolderLakeStore(data.resolve("lake")));
    joiner =
        new ParquetJoiner(Map.of(), Compression.ZSTD, 1 << 20, 256 << 20, data.resolve("spill"));
    rows = rows();
  }

  @AfterEach
  void close() {
    joiner.close();
  }

  @Test
  void joinsTheSmallFilesOfEachPartition() throws Exception {
    CompactionReport report = compaction(HOUR).run(GO_ON);

    assertThat(report.ok()).isTrue();
    assertThat(report.partitions()).isEqualTo(4);
    assertThat(report.filesBefore()).isEqualTo(9);
    assertThat(report.filesAfter()).isEqualTo(4);
    assertThat(report.rows()).isEqualTo(9);
    assertThat(report.filesDeleted()).isZero();
    assertSameRows();
    assertThat(verified().files()).isEqualTo(5);
    assertThat(files()).hasSize(14);
  }

  @Test
  void doesNothingTheSecondTime() throws Exception {
    compaction(HOUR).run(GO_ON);
    List<String> before = objects();

    CompactionReport again = compaction(HOUR).run(GO_ON);

    assertThat(again).isEqualTo(new CompactionReport(0, 0, 0, 0, 0, 0, 0, 0, 0, List.of()));
    assertThat(objects()).isEqualTo(before);
  }

  @Test
  void joinsWhatLandedSinceWithWhatItJoinedBefore() throws Exception {
    compaction(Duration.ZERO).run(GO_ON);
    lake.commit(5).event("f", "1").write();
    rows = rows();

    assertThat(compaction(Duration.ZERO).run(GO_ON).filesBefore()).isEqualTo(2);
    assertSameRows();
    assertThat(files()).hasSize(5);
  }

  @Test
  void endsThoughAWriterBesideItGoesOn() throws Exception {
    AtomicInteger next = new AtomicInteger(10);
    store.before =
        call -> {
          if (call.startsWith("put _wadi/commits/") && next.get() < 20) {
            lake.commit(next.incrementAndGet()).event("w" + next, "1").write();
          }
        };

    assertThat(compaction(HOUR).run(GO_ON).commits()).isEqualTo(1);

    assertThat(next).hasValueLessThan(20);
    verified();
  }

  @Test
  void deletesWhatItReplacedAfterATime() throws Exception {
    compaction(HOUR).run(GO_ON);
    now = now.plus(HOUR).minusSeconds(1);
    assertThat(compaction(HOUR).run(GO_ON).filesDeleted()).isZero();
    now = now.plusSeconds(1);
    assertThat(compaction(HOUR).run(GO_ON).filesDeleted()).isEqualTo(9);

    assertThat(files()).hasSize(5);
    assertThat(pending()).isEmpty();
    assertSameRows();
    verified();
  }

  @Test
  void deletesItAtOnceWhenToldTo() throws Exception {
    assertThat(compaction(Duration.ZERO).run(GO_ON).filesDeleted()).isEqualTo(9);
    assertThat(files()).hasSize(5);
    assertSameRows();
    verified();
  }

  @Test
  void leavesACommitThatIsOnItsWay() throws Exception {
    lake.openIntent(4);
    rows = rows();

    assertThat(compaction(Duration.ZERO).run(GO_ON).filesBefore()).isEqualTo(6);
    assertSameRows();
    assertThat(files()).filteredOn(file -> file.contains(LakeFixture.id(4))).hasSize(2);
  }

  @Test
  void takesAnIdGreaterThanThoseOfAllThatItReplaces() throws Exception {
    now = Instant.parse("2020-01-01T00:00:00Z");
    compaction(HOUR).run(GO_ON);

    assertThat(new CommitLog(store).pendingCompactions())
        .singleElement()
        .satisfies(one -> assertThat(one.commit()).isGreaterThan(LakeFixture.id(4)));
  }

  @Test
  void triesAgainWhenAWriterThatStartedGaveItUp() throws Exception {
    AtomicInteger starts = new AtomicInteger();
    store.before =
        call -> {
          if (call.startsWith("put _wadi/commits/") && starts.getAndIncrement() == 0) {
            startWriter();
          }
        };

    assertThat(compaction(Duration.ZERO).run(GO_ON).filesAfter()).isEqualTo(4);
    assertThat(starts).hasValueGreaterThan(1);
    assertSameRows();
    verified();
    assertThat(files()).hasSize(5);
  }

  @Test
  void endsCleanlyWhenItIsGivenUpAgainAndAgain() throws Exception {
    store.before =
        call -> {
          if (call.startsWith("put events/") && call.contains("change")) {
            startWriter();
          }
        };
    List<String> before = files();

    assertThatThrownBy(() -> compaction(HOUR).run(GO_ON))
        .isInstanceOf(TransientException.class)
        .hasMessageContaining("given up by writer");
    store.heal();
    assertThat(files()).isEqualTo(before);
    assertThat(pending()).isEmpty();
    assertSameRows();
    verified();
  }

  @ParameterizedTest
  @CsvSource({
    "list _wadi/compactions/,0",
    "list _wadi/compactions/,3600",
    "put _wadi/compactions/,0",
    "put _wadi/intents/,0",
    "put _wadi/intents/,3600",
    "put events/,0",
    "put _wadi/commits/,0",
    "put _wadi/commits/,3600",
    "delete _wadi/intents/,0"
  })
  void anotherCompactionOfTheSameLakeTakesNoRowTwice(String call, int keep) throws Exception {
    AtomicInteger begun = new AtomicInteger();
    store.before =
        made -> {
          // it has joined its files by then, but for the first listing
          if (made.startsWith(call)
              && begun.getAndIncrement() == (call.startsWith("list") ? 1 : 0)) {
            run(data.resolve("other"), Duration.ofSeconds(keep));
          }
        };

    run(data.resolve(".wadi/compact"), Duration.ZERO);

    store.heal();
    assertThat(begun).hasValueGreaterThan(0);
    assertSameRows();
    verified();
    now = now.plus(HOUR);
    run(data.resolve(".wadi/compact"), Duration.ZERO);
    assertSameRows();
    assertThat(files()).hasSize(5);
    assertThat(pending()).isEmpty();
  }

  private void run(Path folder, Duration keep) {
    try {
      compaction(folder, keep).run(GO_ON);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void isUndoneByTheNextWriterIfItDiedAfterItWasGivenUp() throws Exception {
    dieGivenUp();
    // nobody may take what it left for a fault, since it is known
    verified();

    startWriter();

    assertThat(files()).hasSize(10);
    assertSameRows();
    verified();
  }

  @Test
  void isUndoneByTheNextCompactionIfItDiedAfterItWasGivenUp() throws Exception {
    dieGivenUp();

    compaction(Duration.ZERO).run(GO_ON);

    assertThat(files()).hasSize(5);
    assertThat(pending()).isEmpty();
    assertSameRows();
    verified();
  }

  @Test
  void keepsEveryRowWhicheverCallOfTheStoreFails() throws Exception {
    assertSameRowsAfterFailures(AtomicInteger::getAndDecrement);
  }

  @Test
  void keepsEveryRowWheneverItDies() throws Exception {
    assertSameRowsAfterFailures(calls -> Math.max(0, calls.getAndDecrement()));
  }

  @Test
  void leavesAPartitionOfWhichAFileIsDamaged() throws Exception {
    byte[] bytes = Files.readAllBytes(lake.file(FOLDER + LakeFixture.id(1) + "-0.parquet"));
    bytes[10] ^= 1;
    Files.write(lake.file(FOLDER + LakeFixture.id(1) + "-0.parquet"), bytes);

    CompactionReport report = compaction(HOUR).run(GO_ON);

    assertThat(report.partitions()).isEqualTo(3);
    assertThat(report.ok()).isFalse();
    assertThat(report.failures())
        .singleElement()
        .asString()
        .contains(FOLDER)
        .contains(LakeFixture.id(1) + "-0.parquet is not as it was written");
  }

  @Test
  void leavesAPartitionOfWhichAFileIsGone() throws Exception {
    Files.delete(lake.file(FOLDER + LakeFixture.id(1) + "-0.parquet"));

    assertThat(compaction(HOUR).run(GO_ON).failures())
        .singleElement()
        .asString()
        .contains("the lake has lost " + FOLDER + LakeFixture.id(1));
  }

  @Test
  void leavesAPartitionThatHasOtherRowsThanItsManifestsSay() throws Exception {
    lake.manifest(
        1,
        manifest ->
            ((com.fasterxml.jackson.databind.node.ObjectNode) manifest.get("files").get(0))
                .put("rows", 7));

    assertThat(compaction(HOUR).run(GO_ON).failures())
        .singleElement()
        .asString()
        .contains("have 3 rows, their manifests say 9");
  }

  @Test
  void leavesFormatsThatItCannotJoin() throws Exception {
    for (int n : new int[] {1, 2}) {
      lake.manifest(
          n,
          manifest ->
              manifest
                  .get("files")
                  .forEach(
                      file ->
                          ((com.fasterxml.jackson.databind.node.ObjectNode) file)
                              .put("key", file.get("key").asText().replace("parquet", "xml"))));
    }

    CompactionReport report = compaction(HOUR).run(GO_ON);

    assertThat(report.filesLeft()).isEqualTo(6);
    assertThat(report.partitions()).isZero();
    assertThat(report.ok()).isTrue();
  }

  @Test
  void endsEarlyWhenTheProcessStops() throws Exception {
    assertThat(compaction(HOUR).run(() -> true).commits()).isZero();
    AtomicInteger asked = new AtomicInteger();
    assertThat(compaction(HOUR).run(() -> asked.incrementAndGet() > 3).partitions()).isEqualTo(2);
    assertSameRows();
    verified();
  }

  /** A compaction that a writer gave up has put its objects after that, and dies. */
  private void dieGivenUp() {
    store.before =
        call -> {
          if (call.startsWith("put events/event_type=a%2Fb")) {
            startWriter();
          }
        };
    store.refuses = call -> call.startsWith("put _wadi/commits/01M") || call.startsWith("delete");
    assertThatThrownBy(() -> compaction(HOUR).run(GO_ON)).isInstanceOf(SetupException.class);
    store.heal();
  }

  /** Lets those changes of the lake fail at which the counter, set to each number, is 0. */
  private void assertSameRowsAfterFailures(ToIntFunction<AtomicInteger> next) throws Exception {
    int failed = 0;
    for (int change = 0; change < CHANGES; change++) {
      for (boolean done : new boolean[] {false, true}) {
        AtomicInteger left = new AtomicInteger(change);
        Predicate<String> fails =
            call -> call.matches("(put|delete|head) .*") && next.applyAsInt(left) == 0;
        if (done) {
          store.losesAnswerOf = fails;
        } else {
          store.refuses = fails;
        }
        try {
          compaction(Duration.ZERO).run(GO_ON);
        } catch (TransientException | SetupException expected) {
          failed++;
        }
        store.heal();
        // readers need nobody to tidy up
        assertThat(new Verification(lake.folder(), false).run().findings()).isEmpty();
        lake.commit(100 + 2 * change + (done ? 1 : 0)).event("n" + change + done, "1").write();
      }
    }
    assertThat(failed).isGreaterThan(10);
    rows = rows();
    compaction(Duration.ZERO).run(GO_ON);
    assertSameRows();
    verified();
    assertThat(files()).hasSize(5);
    assertThat(pending()).isEmpty();
  }

  private void startWriter() {
    FolderLakeStore lake = new FolderLakeStore(data.resolve("lake"));
    CommitLog log = new CommitLog(lake);
    Settlement settlement = new Settlement(lake, log, "writer", clock);
    new OpenIntents(log, settlement, "writer", Set.of(), clock, OpenIntents.GRACE).settleAll();
  }

  private Compaction compaction(Duration keep) {
    return compaction(data.resolve(".wadi/compact"), keep);
  }

  private Compaction compaction(Path folder, Duration keep) {
    CommitLog log = new CommitLog(store);
    Settlement settlement = new Settlement(store, log, "compaction", clock);
    return new Compaction(
        new CompactionLimits(1 << 20, 2, Duration.ZERO, keep),
        new Compaction.Parts(
            store,
            log,
            settlement,
            new Publisher(
                store,
                log,
                settlement,
                Duration.ofMinutes(5),
                () -> {},
                clock,
                new Backoff(Duration.ZERO, Duration.ZERO),
                1),
            List.of(joiner),
            folder,
            "compaction",
            clock,
            new SplittableRandom()));
  }

  private void assertSameRows() throws SQLException {
    assertThat(rows()).isEqualTo(rows);
  }

  private VerifyReport verified() {
    VerifyReport report = new Verification(lake.folder(), true).run();
    assertThat(report.findings()).isEmpty();
    return report;
  }

  private List<String> rows() throws SQLException {
    List<String> all = new ArrayList<>();
    for (String table : List.of("events", "duplicates", "conflicts", "dead_letters")) {
      try (Tables tables =
              Tables.open(
                  lake.folder(), "SELECT t::VARCHAR FROM (FROM " + table + ") t ORDER BY 1");
          ResultSet result = tables.query()) {
        while (result.next()) {
          // the columns of joined files may stand in another order
          String row = result.getString(1).replaceAll("[{}]", "");
          all.add(table + Stream.of(row.split(", '|^'")).sorted().toList());
        }
      }
    }
    return all;
  }

  private List<String> files() throws IOException {
    return objects().stream().filter(file -> file.endsWith(".parquet")).toList();
  }

  private List<String> pending() throws IOException {
    return objects().stream()
        .filter(file -> file.contains("_wadi/compactions/") || file.contains("_wadi/intents/"))
        .toList();
  }

  private List<String> objects() throws IOException {
    Path root = data.resolve("lake");
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
