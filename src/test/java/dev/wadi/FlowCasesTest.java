package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.cases.CaseFile;
import dev.wadi.cases.CaseResult;
import dev.wadi.cases.DiffText;
import dev.wadi.cases.RouteCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The cases that flows bring: they hold, and they don't when a route is broken on purpose. */
@Tag("unit")
class FlowCasesTest {

  private static final Path FLOWS = Path.of("src/main/resources/flows");
  private static final Path OWN_EVENT = Path.of("src/main/resources/routes/31-event.camel.yaml");
  private static final String EVENT = "routes/31-event.camel.yaml";

  static final List<String> flows = Flow.SHIPPED;

  @TempDir Path folder;

  @ParameterizedTest
  @FieldSource("flows")
  void holdForTheFlowThatBringsThem(String name) {
    Flow flow = Flow.named(name);
    List<RouteCase> cases = CaseFile.read(flow.folder().resolve("cases"));

    assertThat(cases).hasSizeGreaterThanOrEqualTo(2);
    for (RouteCase each : cases) {
      CaseResult result = cases(flow).run(each);
      assertThat(new DiffText(false).lines(result)).as(each.name()).isEmpty();
    }
  }

  @Test
  void tellThatAStepWasTakenAway() throws IOException {
    Path flow = copy("named-events");
    change(
        flow.resolve(EVENT),
        "(?s)                - to:\n                    id: event-hash-email.*?(?= {16}- transform)",
        "");

    assertThat(differences(flow, "an order lands"))
        .containsExactly(
            "events: a row differs: {event_id: \"o-1\", event_type: \"payment\"}",
            "  column                expected                    came",
            "  user_email_hash       {\"matches\":\"[0-9a-f]{64}\"}  (no such column)",
            "  _doc.user.email       null                        \"ada@mail.example\"",
            "  _doc.user.email_hash  {\"matches\":\"[0-9a-f]{64}\"}  (no such column)",
            "  user_email            (no such column)            \"ada@mail.example\"");
  }

  @Test
  void tellThatAStepHidesTheWrongField() throws IOException {
    Path flow = copy("named-events");
    change(flow.resolve(EVENT), "del\\(\\.user\\.name\\)", "del(.user.nickname)");

    assertThat(differences(flow, "an order lands"))
        .contains(
            "  _doc.user.name  null              \"Ada\"",
            "  user_name       (no such column)  \"Ada\"");
  }

  @Test
  void tellThatAFilterIsTheWrongWayRound() throws IOException {
    Path flow = copy("web-sessions");
    change(flow.resolve(EVENT), "== 'false'", "== 'true'");

    assertThat(differences(flow, "who has not consented"))
        .contains("events: missing {event_id: \"v-2\"}")
        .anyMatch(line -> line.startsWith("events: extra {consent_analytics: false,"));
  }

  @Test
  void tellThatEverythingIsDroppedByMistake() throws IOException {
    Path flow = copy("web-sessions");
    change(flow.resolve(EVENT), "simple: \"\\$\\{body.at\\('/consent.*", "constant: \"true\"");

    assertThat(differences(flow, "the front page"))
        .containsExactly(
            "events: 1 expected, none came",
            "events: missing {event_id: \"v-1\", page_section: \"home\"}",
            "dropped as 'no-consent': none expected, 1 came");
  }

  @Test
  void tellThatTheShapeIsWrong() throws IOException {
    Path flow = copy("bronze-to-staging");
    change(flow.resolve("shapes/measurement.yaml"), "ignore-in-hash:.*", "");

    assertThat(differences(flow, "a station measures"))
        .containsExactly(
            "duplicates: 1 expected, none came",
            "conflicts: none expected, 1 came",
            "conflicts: extra {event_id: \"S-1\", event_source: \"Senat\", event_time:"
                + " \"2026-11-20T00:00:00Z\", event_type: \"pm10\"}");
  }

  @Test
  void tellThatTheKeyIsWrong() throws IOException {
    Path flow = copy("bronze-to-staging");
    change(
        flow.resolve("shapes/measurement.yaml"),
        "key: \\[station.id, parameter, ",
        "key: [station.id, ");

    assertThat(differences(flow, "a station measures"))
        .contains("events: 2 expected, 1 came", "conflicts: none expected, 1 came");
  }

  @Test
  void tellThatWadisOwnRouteKeepsNothing() throws IOException {
    Path flow = copy("cdevents");
    Files.createDirectories(flow.resolve("routes"));
    Files.copy(OWN_EVENT, flow.resolve(EVENT));
    assertThat(differences(flow, "two copies")).isEmpty();
    change(flow.resolve(EVENT), "(?s)\\R +- process:\\R +id: event-keep\\R +ref: keep", "");

    assertThat(differences(flow, "two copies"))
        .singleElement()
        .asString()
        .startsWith("it failed: ")
        .contains("outcome");
  }

  @Test
  void tellThatWadisOwnRouteTakesAConflictForADuplicate() throws IOException {
    Path flow = copy("cdevents");
    Files.createDirectories(flow.resolve("routes"));
    Files.copy(OWN_EVENT, flow.resolve(EVENT));
    change(
        flow.resolve(EVENT),
        "(?s)id: event-set-aside-conflict\\R +ref: setAside",
        "id: event-set-aside-conflict\n                                    ref: keep");

    assertThat(differences(flow, "the same id with another content")).isNotEmpty();
  }

  @Test
  void aRouteThatIsNoneIsTheCasesFailure() throws IOException {
    Path flow = copy("web-sessions");
    change(flow.resolve(EVENT), "jslt:", "jstl:");

    assertThat(differences(flow, "the front page"))
        .singleElement()
        .asString()
        .startsWith("it failed: the routes can't start: ")
        .contains("31-event.camel.yaml:", "jstl");
  }

  private Path copy(String flow) throws IOException {
    Path copy = folder.resolve(flow);
    try (Stream<Path> tree = Files.walk(FLOWS.resolve(flow))) {
      for (Path file : tree.toList()) {
        Files.copy(file, copy.resolve(FLOWS.resolve(flow).relativize(file).toString()));
      }
    }
    return copy;
  }

  private static void change(Path file, String pattern, String replacement) throws IOException {
    String before = Files.readString(file);
    String after = before.replaceFirst(pattern, replacement);
    assertThat(after).as("nothing was broken").isNotEqualTo(before);
    Files.writeString(file, after);
  }

  /** The lines by which the one case of the flow differs whose name begins so. */
  private static List<String> differences(Path flow, String name) {
    List<RouteCase> cases =
        CaseFile.read(flow.resolve("cases")).stream()
            .filter(each -> each.name().startsWith(name))
            .toList();
    assertThat(cases).hasSize(1);
    return new DiffText(false)
        .lines(cases(null).run(cases.get(0))).stream()
            .skip(1)
            .map(line -> line.substring(8).replaceFirst(" \\(\\S+:\\d+\\)", ""))
            .toList();
  }

  private static RouteCases cases(Flow flow) {
    return new RouteCases(
        new RouteCases.Options("local", Map.of(), null, null, null, flow, Duration.ofSeconds(60)),
        Clock.systemUTC());
  }
}
