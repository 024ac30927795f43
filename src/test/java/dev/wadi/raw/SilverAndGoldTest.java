package dev.wadi.raw;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wadi.process.PostgresServer;
import dev.wadi.simulator.FaultRates;
import dev.wadi.simulator.Period;
import dev.wadi.simulator.Simulator;
import dev.wadi.simulator.SimulatorOptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * silver.sql and gold.sql over simulated CDEvents, loaded in another order than that of their times
 * by a writer and asked by a reader, against the same answers counted here.
 */
@Tag("unit")
class SilverAndGoldTest {

  private static final Instant UNTIL = Instant.parse("2026-11-01T00:00:00Z");
  private static final int EVENTS = 4_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;
  private static final List<JsonNode> EVENTS_LOADED = new ArrayList<>();
  private static PostgresServer server;
  private static RawLayer raw;

  @BeforeAll
  static void load() throws Exception {
    server = PostgresServer.start(folder);
    raw = new RawLayer(server, "wadi", "postgres");
    for (int times = 0; times < 2; times++) {
      raw.run("roles.sql", "postgres");
      raw.run("silver.sql", "postgres");
      raw.run("gold.sql", "postgres");
    }
    server.execute(
        "CREATE ROLE app LOGIN IN ROLE raw_writer", "CREATE ROLE bi LOGIN IN ROLE raw_reader");
    Simulator simulator =
        new Simulator(
            SimulatorOptions.history(7, Period.ofDays(3, UNTIL, EVENTS), FaultRates.NONE),
            Clock.fixed(UNTIL, ZoneOffset.UTC));
    for (int n = 0; n < EVENTS; n++) {
      EVENTS_LOADED.add(JSON.readTree(simulator.next().bytes()));
    }
    Collections.reverse(EVENTS_LOADED);
    try (Connection connection = raw.connect("app");
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO raw_events VALUES (?, ?, ?::timestamptz, ?, ?::jsonb)"
                    + " ON CONFLICT (key) DO NOTHING")) {
      for (JsonNode event : EVENTS_LOADED) {
        insert.setString(
            1, event.at("/context/source").asText() + event.at("/context/id").asText());
        insert.setString(2, type(event));
        insert.setString(3, event.at("/context/timestamp").asText());
        insert.setString(4, event.at("/context/source").asText());
        insert.setString(5, event.toString());
        insert.addBatch();
      }
      insert.executeBatch();
    }
    // what is no CDEvent lies beside them and is none of theirs
    raw.execute("app", "INSERT INTO raw_events VALUES ('other', 'run', now(), 's', '{\"a\": 1}')");
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Test
  void silverHasARowForEachCdevent() throws Exception {
    assertThat(raw.ask("bi", "SELECT count(*) FROM silver.cdevents"))
        .containsExactly(Integer.toString(EVENTS_LOADED.size()));
    assertThat(raw.ask("bi", "SELECT DISTINCT subject || '.' || predicate FROM silver.cdevents"))
        .containsExactlyInAnyOrderElementsOf(
            EVENTS_LOADED.stream().map(SilverAndGoldTest::type).distinct().toList());
  }

  @Test
  void silverHasARowForEachRunWithItsTimes() throws Exception {
    Map<String, String> expected = new TreeMap<>();
    for (JsonNode event : EVENTS_LOADED) {
      if (type(event).startsWith("pipelinerun.")) {
        expected.put(event.at("/subject/id").asText(), "");
      }
    }
    assertThat(raw.ask("bi", "SELECT run_id FROM silver.pipeline_runs"))
        .hasSizeGreaterThan(50)
        .containsExactlyInAnyOrderElementsOf(expected.keySet());
    assertThat(
            raw.ask(
                "bi",
                "SELECT run_id FROM silver.pipeline_runs"
                    + " WHERE queued_at > started_at OR started_at > finished_at"))
        .isEmpty();
  }

  @Test
  void goldCountsRunsPerDay() throws Exception {
    Map<String, List<JsonNode>> finished = new TreeMap<>();
    Map<String, Instant> started = new TreeMap<>();
    for (JsonNode event : EVENTS_LOADED) {
      if (type(event).equals("pipelinerun.finished")) {
        String pipeline = event.at("/subject/content/pipelineName").asText();
        finished.computeIfAbsent(day(event) + " " + pipeline, key -> new ArrayList<>()).add(event);
      } else if (type(event).equals("pipelinerun.started")) {
        started.put(event.at("/subject/id").asText(), time(event));
      }
    }
    List<String> expected = new ArrayList<>();
    finished.forEach(
        (group, runs) -> {
          long failed =
              runs.stream()
                  .filter(run -> !run.at("/subject/content/outcome").asText().equals("success"))
                  .count();
          expected.add("%s %d %d %s".formatted(group, runs.size(), failed, median(runs, started)));
        });
    assertThat(
            raw.ask(
                "bi",
                "SELECT day || ' ' || pipeline || ' ' || runs || ' ' || failed || ' ' ||"
                    + " coalesce(round(median_seconds)::text, 'none') FROM gold.runs_per_day"))
        .hasSizeGreaterThan(5)
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void goldCountsDeploymentsPerDay() throws Exception {
    Map<String, int[]> counts = new TreeMap<>();
    Map<String, Set<String>> services = new TreeMap<>();
    for (JsonNode event : EVENTS_LOADED) {
      if (Set.of("service.deployed", "service.upgraded", "service.rolledback")
          .contains(type(event))) {
        String group = day(event) + " " + event.at("/subject/content/environment/id").asText();
        counts
            .computeIfAbsent(group, key -> new int[2])[
            type(event).equals("service.rolledback") ? 1 : 0]++;
        services
            .computeIfAbsent(group, key -> new TreeSet<>())
            .add(event.at("/subject/id").asText());
      }
    }
    List<String> expected = new ArrayList<>();
    counts.forEach(
        (group, count) ->
            expected.add(
                "%s %d %d %d".formatted(group, count[0], count[1], services.get(group).size())));
    assertThat(
            raw.ask(
                "bi",
                "SELECT day || ' ' || environment || ' ' || deployments || ' ' || rollbacks"
                    + " || ' ' || services FROM gold.deployments_per_day"))
        .hasSizeGreaterThan(3)
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void theWriterSeesNeither() throws Exception {
    for (String view : List.of("silver.cdevents", "gold.runs_per_day")) {
      assertThat(
              raw.ask(
                  "postgres", "SELECT has_table_privilege('app', '" + view + "', 'SELECT')::text"))
          .containsExactly("false");
    }
  }

  /** As percentile_cont: between the two in the middle where there is none. */
  private static String median(List<JsonNode> runs, Map<String, Instant> started) {
    List<Double> seconds =
        runs.stream()
            .filter(run -> started.containsKey(run.at("/subject/id").asText()))
            .map(
                run ->
                    Duration.between(started.get(run.at("/subject/id").asText()), time(run))
                            .toNanos()
                        / 1e9)
            .sorted()
            .toList();
    if (seconds.isEmpty()) {
      return "none";
    }
    double low = seconds.get((seconds.size() - 1) / 2);
    double high = seconds.get(seconds.size() / 2);
    return Long.toString((long) Math.rint((low + high) / 2));
  }

  private static String type(JsonNode event) {
    String[] parts = event.at("/context/type").asText().split("\\.");
    return parts[2] + "." + parts[3];
  }

  private static LocalDate day(JsonNode event) {
    return time(event).atOffset(ZoneOffset.UTC).toLocalDate();
  }

  private static Instant time(JsonNode event) {
    return Instant.parse(event.at("/context/timestamp").asText());
  }
}
