package dev.wadi.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wadi.process.SmallDisk;
import dev.wadi.process.WadiCommands;
import dev.wadi.process.WadiProcess;
import dev.wadi.simulator.Emission;
import dev.wadi.simulator.FaultRates;
import dev.wadi.simulator.Period;
import dev.wadi.simulator.Simulator;
import dev.wadi.simulator.SimulatorOptions;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code wadi ingest} killed at any moment and run again: every line of the file is accounted for
 * once, and the lake is what one run without a kill gives. The lake's files are read by DuckDB,
 * whatever Wadi thinks of them.
 */
@Tag("integration")
@Tag("crash")
class IngestCrashIT {

  private static final Map<String, String> SMALL_COMMITS =
      Map.of("WADI_INGEST_MAX_EVENTS", "2500", "WADI_INGEST_MAX_BYTES", "1MB");

  @TempDir Path folder;

  private Path data;
  private Path file;
  private WadiCommands wadi;

  @BeforeEach
  void useAFolder() {
    data = folder.resolve("data");
    file = folder.resolve("events.jsonl");
    wadi = new WadiCommands(data, SMALL_COMMITS);
  }

  @Test
  void goesOnAfterAKillAtEachPoint() throws Exception {
    int events = 60_000;
    simulate(events);
    for (String failpoint :
        List.of(
            "claimed:2",
            "staged:2",
            "intent:2",
            "published-one:40",
            "published:2",
            "committed:2",
            "intent-deleted:2",
            "confirmed:2")) {
      Map<String, String> environment = new HashMap<>(SMALL_COMMITS);
      environment.put("WADI_FAILPOINT", failpoint);
      try (WadiProcess killed = start(environment)) {
        killed.awaitError(line -> line.startsWith("failpoint"), failpoint);
        killed.kill();
      }
    }
    wadi.ingest(file.toString());

    assertAccountedFor(events);
  }

  @Test
  void goesOnAfterKillsAtRandom() throws Exception {
    int events = 120_000;
    simulate(events);
    Random random = new Random(3);

    int kills = 0;
    boolean ended = false;
    while (kills < 5 && !ended) {
      try (WadiProcess killed = start(SMALL_COMMITS)) {
        if (kills == 0) {
          killed.awaitError(line -> line.contains("committed commit="), "the first commit");
        }
        killed.awaitExit(Duration.ofMillis(random.nextInt(2_500)));
        killed.kill();
        ended = hasEnded();
        kills += ended ? 0 : 1;
      }
    }
    assertThat(kills).as("kills before it had ended").isPositive();
    if (!ended) {
      // run once more behind its end, it would take each line for a duplicate
      wadi.ingest(file.toString());
    }

    assertAccountedFor(events);
  }

  @Test
  void completesOnTheSecondRunWhenTheDiskWasFull() throws Exception {
    simulate(40_000);
    Path small = Files.createDirectory(folder.resolve("small"));
    SmallDisk disk = SmallDisk.mount(small, "size=20m");
    try {
      data = small.resolve("data");
      wadi = new WadiCommands(data, SMALL_COMMITS);
      Path ballast = Files.write(small.resolve("ballast"), new byte[14 << 20]);
      try (WadiProcess full = start(SMALL_COMMITS)) {
        assertThat(full.waitFor()).as("exit code:\n%s", full.log()).isEqualTo(1);
        assertThat(full.errors())
            .filteredOn(line -> !line.contains(" INFO "))
            .as("what is said beside the commits")
            .hasSize(1)
            .first()
            .asString()
            .startsWith("wadi: ")
            .containsIgnoringCase("no space left")
            .doesNotContain("not expected");
      }
      assertThat(wadi.read("verify")).last().asString().startsWith("OK: ");

      Files.delete(ballast);
      wadi.ingest(file.toString());

      assertAccountedFor(40_000);
    } finally {
      disk.close();
    }
  }

  @Test
  void landsNothingOfWhatHasLandedOnceItHasEnded() throws Exception {
    simulate(10_000);
    JsonNode first = wadi.ingest(file.toString());

    JsonNode again = wadi.ingest(file.toString());

    assertThat(again.get("landed").asLong()).isZero();
    assertThat(again.get("rejected")).isEqualTo(first.get("rejected"));
    assertThat(again.get("duplicates").asLong())
        .isEqualTo(first.get("landed").asLong() + first.get("duplicates").asLong());
    assertThat(again.get("conflicts")).isEqualTo(first.get("conflicts"));
    assertThat(wadi.read("verify")).last().asString().startsWith("OK: ");
  }

  /** Whether an ingest has noted that it has read all, though its process may have lived on. */
  private boolean hasEnded() throws IOException {
    Path runs = data.resolve(".wadi/ingest.json");
    return Files.exists(runs) && !Files.readString(runs).contains(file.getFileName().toString());
  }

  private WadiProcess start(Map<String, String> environment) {
    return WadiProcess.start(
        environment, "ingest", file.toString(), "--data", data.toString(), "--json");
  }

  private void simulate(int events) throws IOException {
    Simulator simulator =
        new Simulator(
            SimulatorOptions.history(
                5,
                Period.ofDays(2, Instant.parse("2026-11-01T00:00:00Z"), events),
                new FaultRates(0.02, 0.01, 0.01, 0)),
            Clock.systemUTC());
    try (OutputStream lines = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (int n = 0; n < events; n++) {
        Emission emission = simulator.next();
        lines.write(new String(emission.bytes()).replace("\n", " ").getBytes());
        lines.write('\n');
      }
    }
  }

  /** The lake of the killed runs is the one of a run that nobody killed. */
  private void assertAccountedFor(int events) throws Exception {
    assertThat(wadi.read("verify")).last().asString().startsWith("OK: ");
    long received = 0;
    List<String> files = new ArrayList<>();
    try (Stream<Path> markers = Files.list(data.resolve("lake/_wadi/commits"))) {
      for (Path marker : markers.toList()) {
        JsonNode manifest = new ObjectMapper().readTree(marker.toFile());
        if (manifest.get("state").textValue().equals("COMMITTED")) {
          received += manifest.get("sources").get("file").get("received").asLong();
          manifest.get("files").forEach(one -> files.add(one.get("key").textValue()));
        }
      }
    }
    assertThat(received).isEqualTo(events);
    assertThat(files).as("the files that lie there").containsExactlyInAnyOrderElementsOf(objects());

    Path undisturbed = folder.resolve("undisturbed");
    new WadiCommands(undisturbed, SMALL_COMMITS).ingest(file.toString());
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = duckdb.createStatement()) {
      for (String table : List.of("events", "duplicates", "conflicts", "dead_letters")) {
        String same =
            table.equals("dead_letters")
                ? "dead_letter_id, bytes_base64"
                : "event_key, payload_hash, source_position, _doc";
        String one = rows(data, table, same);
        String other = rows(undisturbed, table, same);
        assertThat(number(sql, "SELECT count(*) FROM (" + one + ")")).as(table).isPositive();
        assertThat(number(sql, "SELECT count(*) FROM (" + one + " EXCEPT ALL " + other + ")"))
            .as(table)
            .isZero();
        assertThat(number(sql, "SELECT count(*) FROM (" + other + " EXCEPT ALL " + one + ")"))
            .as(table)
            .isZero();
      }
    }
  }

  private List<String> objects() throws IOException {
    Path lake = data.resolve("lake");
    try (Stream<Path> tree = Files.walk(lake)) {
      return tree.filter(Files::isRegularFile)
          .map(path -> lake.relativize(path).toString())
          .filter(key -> !key.startsWith("_wadi/") && !key.startsWith("."))
          .toList();
    }
  }

  private static String rows(Path data, String table, String columns) {
    return "SELECT %s FROM read_parquet('%s/lake/%s/**/*.parquet', union_by_name = true)"
        .formatted(columns, data, table);
  }

  private static long number(Statement sql, String query) throws Exception {
    try (ResultSet row = sql.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
