package dev.wadi.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wadi.lake.LakeFolder;
import dev.wadi.lake.Tables;
import dev.wadi.lake.Verification;
import dev.wadi.process.WadiProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Kills {@code wadi compact} with SIGKILL at every arrow of the protocol and at random, alone and
 * beside a writer that is killed too, and holds the lake against what was sent.
 */
@Tag("crash")
class CompactIT {

  private static final int FILES = 12;

  @TempDir static Path made;
  private static SendLog sent;
  private static List<String> files;

  @TempDir Path folder;
  private Path data;

  /** A lake of many small files, which each test takes a copy of. */
  @BeforeAll
  static void makeLake() throws Exception {
    sent = SendLog.of(1, 600);
    files = write(made, sent, FILES);
    try (WadiProcess ingest = ingest(made.resolve("data"), files)) {
      assertThat(ingest.waitFor()).as(ingest.log()).isZero();
    }
    assertThat(parquet(made.resolve("data"))).hasSizeGreaterThan(5 * FILES);
  }

  @BeforeEach
  void copyLake() throws IOException {
    data = folder.resolve("data");
    copy(made.resolve("data"), data);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "staged",
        "begun",
        "intent",
        "published-one:3",
        "published",
        "committed",
        "intent-deleted",
        "deleted-one:3",
        "deleted"
      })
  void keepsEveryRowWhenKilledAt(String failpoint) throws Exception {
    long rows = count();
    killCompactionAt(failpoint);

    assertThat(count()).isEqualTo(rows);
    assertVerified();
    compactToTheEnd();
    check(sent);
  }

  @Test
  void keepsEveryRowWhenItsRecoveryIsKilled() throws Exception {
    killCompactionAt("published");
    killCompactionAt("undone-one:2");

    assertVerified();
    compactToTheEnd();
    check(sent);
  }

  @Test
  void isGivenUpByAWriterThatStarts() throws Exception {
    try (WadiProcess compact = compact(Map.of("WADI_FAILPOINT", "published"), "0s")) {
      compact.awaitError(line -> line.startsWith("failpoint"), "the failpoint");
      SendLog more = SendLog.of(2, 50);
      try (WadiProcess ingest = ingest(data, write(folder, more, 1))) {
        assertThat(ingest.waitFor()).as(ingest.log()).isZero();
      }
      assertThat(parquet(data)).noneMatch(file -> file.contains(idOfTheCompaction()));
      assertVerified();
      compact.kill();
    }
    compactToTheEnd();
    assertVerified();
  }

  @Test
  void showsTheSameEventsAllTheTime() throws Exception {
    long rows = count();
    int counted = 0;
    try (WadiProcess compact = compact(Map.of(), "1h")) {
      while (compact.isAlive()) {
        assertThat(count()).isEqualTo(rows);
        counted++;
      }
      assertThat(compact.waitFor()).as(compact.log()).isZero();
    }
    assertThat(counted).isPositive();
    assertThat(count()).isEqualTo(rows);
    compactToTheEnd();
    check(sent);
  }

  @Test
  void keepsEveryRowThroughKillsAtRandomBesideAWriterThatIsKilledToo() throws Exception {
    data = folder.resolve("beside");
    Random random = new Random(20261121);
    boolean landed = false;
    for (int round = 0; round < 6 && !landed; round++) {
      try (WadiProcess ingest = ingest(data, files)) {
        ingest.awaitExit(Duration.ofMillis(500));
        while (ingest.isAlive() && random.nextInt(4) > 0) {
          try (WadiProcess compact = compact(Map.of(), "0s")) {
            compact.awaitExit(Duration.ofMillis(1_000 + random.nextInt(2_500)));
            compact.kill();
          }
        }
        ingest.kill();
        // it may have been killed when it had noted that, and before its process ended
        Path runs = data.resolve(".wadi/ingest.json");
        landed = Files.exists(runs) && new ObjectMapper().readTree(runs.toFile()).isEmpty();
      }
    }
    try (WadiProcess ingest = ingest(data, files)) {
      compactToTheEnd();
      assertThat(ingest.waitFor()).as(ingest.log()).isZero();
    }
    compactToTheEnd();
    assertVerified();
    new LakeChecker(data).assertAccountsFor(sent, landed ? sent.bodies() : List.of());
  }

  @Test
  void rebuildsTheLedgerOfACompactedLake() throws Exception {
    compactToTheEnd();
    delete(data.resolve(".wadi/ledger"));
    List<String> again = new ArrayList<>();
    sent.payloadsById().values().forEach(bodies -> again.add(bodies.get(0)));
    Path file = Files.write(folder.resolve("again.jsonl"), again);

    try (WadiProcess ingest = ingest(data, List.of(file.toString()))) {
      assertThat(ingest.waitFor()).as(ingest.log()).isZero();
    }

    assertVerified();
    new LakeChecker(data).assertAccountsFor(sent, again);
  }

  private void killCompactionAt(String failpoint) throws Exception {
    try (WadiProcess compact = compact(Map.of("WADI_FAILPOINT", failpoint), "0s")) {
      compact.awaitError(line -> line.startsWith("failpoint"), "the failpoint " + failpoint);
      compact.kill();
    }
  }

  private void compactToTheEnd() throws Exception {
    try (WadiProcess compact = compact(Map.of(), "0s")) {
      assertThat(compact.waitFor()).as(compact.log()).isZero();
    }
  }

  private void check(SendLog log) throws Exception {
    assertVerified();
    new LakeChecker(data).assertAccountsFor(log, List.of());
    List<String> folders =
        parquet(data).stream().map(file -> file.substring(0, file.lastIndexOf('/'))).toList();
    assertThat(folders).as("one file is left of each partition").doesNotHaveDuplicates();
    assertThat(data.resolve("lake/_wadi/compactions")).isEmptyDirectory();
  }

  private void assertVerified() {
    assertThat(new Verification(LakeFolder.of(data), true).run().findings()).isEmpty();
  }

  private long count() throws Exception {
    try (Tables tables =
            Tables.open(
                LakeFolder.of(data),
                "SELECT count(*) + 1000000 * count(DISTINCT event_key) FROM events");
        ResultSet rows = tables.query()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private String idOfTheCompaction() {
    try (Stream<Path> pending = Files.list(data.resolve("lake/_wadi/compactions"))) {
      return pending.findFirst().orElseThrow().getFileName().toString().replace(".json", "");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private WadiProcess compact(Map<String, String> environment, String keep) {
    return WadiProcess.start(
        environment, "compact", "--data", data.toString(), "--keep", keep, "--json");
  }

  private static WadiProcess ingest(Path data, List<String> files) {
    Map<String, String> smallCommits = new HashMap<>();
    smallCommits.put("WADI_INGEST_MAX_EVENTS", "1");
    List<String> arguments = new ArrayList<>(List.of("ingest"));
    arguments.addAll(files);
    arguments.addAll(List.of("--data", data.toString()));
    return WadiProcess.start(smallCommits, arguments.toArray(String[]::new));
  }

  /** Writes what is sent into files, each of which becomes a commit. */
  private static List<String> write(Path folder, SendLog log, int count) throws IOException {
    List<String> written = new ArrayList<>();
    int size = (log.bodies().size() + count - 1) / count;
    for (int n = 0; n < count; n++) {
      List<String> lines =
          log.bodies().subList(n * size, Math.min((n + 1) * size, log.bodies().size()));
      Path file = folder.resolve("events-" + log.hashCode() + "-" + n + ".jsonl");
      written.add(Files.write(file, lines).toString());
    }
    return written;
  }

  private static List<String> parquet(Path data) throws IOException {
    Path lake = data.resolve("lake");
    try (Stream<Path> tree = Files.walk(lake)) {
      return tree.map(file -> lake.relativize(file).toString())
          .filter(file -> file.endsWith(".parquet"))
          .toList();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path path : tree.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }

  private static void delete(Path target) throws IOException {
    try (Stream<Path> tree = Files.walk(target)) {
      for (Path path : tree.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
