package dev.wadi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Tag("unit")
class TestCommandTest {

  private static final String CASES =
      """
      shape: json
      cases:
      - name: an event lands
        given:
        - event: {id: a, type: t, time: 2026-11-20T10:00:00Z}
        expect:
          events: [{event_id: a}]
      - name: another one is not what was thought
        given:
        - event: {id: b, type: t, time: 2026-11-20T10:00:00Z, n: 1}
        expect:
          events: [{event_id: b, n: 2}]
      """;

  @TempDir Path folder;

  private record Run(int exitCode, List<String> out, String err) {}

  @Test
  void saysEachCaseAndTheDifferencesAndExitsWithOne() throws IOException {
    Path file = Files.writeString(folder.resolve("some.yaml"), CASES);

    Run run = run(file.toString(), "--junit", folder.resolve("out/junit.xml").toString());

    assertThat(run.exitCode).isEqualTo(1);
    assertThat(run.out.get(0)).matches("ok      an event lands \\(\\d+\\.\\d\\d s\\)");
    assertThat(run.out.get(1)).matches("FAILED  another one is not what was thought \\(.* s\\)");
    assertThat(run.out.subList(2, 6))
        .containsExactly(
            "        " + file + ":8",
            "        events: a row differs (" + file + ":12): {event_id: \"b\", n: 2}",
            "          column  expected  came",
            "          n       2         1");
    assertThat(run.out.get(6)).matches("1 of 2 cases FAILED, in .* s");
    assertThat(Files.readString(folder.resolve("out/junit.xml")))
        .contains("<testsuites tests=\"2\" failures=\"1\"", "line=\"8\"");
  }

  @Test
  void runsTheCasesThatAreAskedForAndAnswersInJson() throws IOException {
    Path file = Files.writeString(folder.resolve("some.yaml"), CASES);

    Run run = run(folder.toString(), "--name", "lands", "--json");

    assertThat(run.exitCode).isZero();
    assertThat(run.out).hasSize(1);
    JsonNode json = new ObjectMapper().readTree(run.out.get(0));
    assertThat(json.get("cases").asInt()).isEqualTo(1);
    assertThat(json.get("failed").asInt()).isZero();
    assertThat(json.get("results").get(0).get("file").asText()).isEqualTo(file.toString());
    assertThat(json.get("results").get(0).get("ok").asBoolean()).isTrue();
    assertThat(json.get("results").get(0).get("diff")).isEmpty();
  }

  @Test
  void aFileThatIsWrongIsSaidWithItsLineAndExitsWithTwo() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("wrong.yaml"), "cases:\n- name: a\n  given: [{event: {}}]\n");
    Path other = Files.writeString(folder.resolve("worse.yaml"), "cases: 1\n");

    Run run = run(file.toString(), other.toString());

    assertThat(run.exitCode).isEqualTo(2);
    assertThat(run.out).isEmpty();
    assertThat(run.err.lines())
        .containsExactly(
            "wadi test: " + file + ":2: 'expect' of a case is missing: add it",
            "wadi test: " + other + ":1: a list must stand here: begin each item with a dash");
  }

  @Test
  void withoutAnythingToRunItSaysWhatToName() {
    assertThat(run().err)
        .contains("no cases: name a file or folder of cases, or a flow with --flow");
    assertThat(run().exitCode).isEqualTo(2);
    assertThat(run("--flow", "cdevents", "--name", "no such").err)
        .contains("no case has 'no such' in its name");
  }

  @Test
  void aCaseIsGivenIntoARouteOfTheUsersThatEndsInTheLog() throws IOException {
    Files.createDirectories(folder.resolve("routes"));
    Files.writeString(
        folder.resolve("routes/orders.camel.yaml"),
        """
        - route:
            id: orders
            errorHandler:
              noErrorHandler: {}
            from:
              id: orders-from-clock
              uri: timer:orders
              parameters:
                period: 10
              steps:
                - setBody:
                    id: orders-make
                    simple: '{"id": "${header.number}", "type": "order", "time": "${body}"}'
                - convertBodyTo:
                    id: orders-to-bytes
                    type: byte[]
                - to:
                    id: orders-to-log
                    uri: wadi-http-log:events
        """);
    Path file =
        Files.writeString(
            folder.resolve("orders.yaml"),
            """
            shape: json
            routes: routes
            cases:
            - name: what the service sends becomes an event
              into: orders
              before:
              - {text: 2026-11-20T09:00:00Z, headers: {number: o-1}}
              given:
              - {text: 2026-11-20T10:00:00Z, headers: {number: o-1}}
              - {text: 2026-11-20T10:00:00Z, headers: {number: o-2}}
              expect:
                events:
                - {event_id: o-1, event_time: 2026-11-20T09:00:00Z}
                - {event_id: o-2, event_type: order}
                conflicts: 1
            - name: into a route that is not there
              into: order
              given: [{text: x}]
              expect: {fails: "there is no route 'order' to give to"}
            - name: what is too late to be said is said as a failure of the case
              into: orders
              given: [{text: x}]
              expect:
                dead_letters: [{reason: missing_field, source: "http:events"}]
            """);

    Run run = run(file.toString());

    assertThat(run.out).filteredOn(line -> !line.startsWith("ok")).isEmpty();
    assertThat(run.exitCode).isZero();

    Path before =
        Files.writeString(
            folder.resolve("before.yaml"),
            """
            shape: json
            routes: routes
            cases:
            - name: what fails before is not what was expected to fail
              into: orders
              before: [{file: before.yaml}]
              given: [{file: before.yaml}]
              expect: {fails: a file can't be given into a route}
            """);
    Run failed = run(before.toString());
    assertThat(failed.exitCode).isEqualTo(1);
    assertThat(failed.out.get(2))
        .startsWith("        it failed: in 'before': a file can't be given into a route");
  }

  @Test
  void aCaseThatCannotBeComparedFailsAloneAndTheOthersAreRun() throws IOException {
    String cases =
        CASES
            .replace("n: 1}", "n: " + "a".repeat(500_000) + "}")
            .replace("n: 2}", "n: {matches: '(a|b)*'}}");
    Path file =
        Files.writeString(
            folder.resolve("some.yaml"), cases + CASES.substring(CASES.indexOf("- name")));

    Run run = run(file.toString(), "--junit", folder.resolve("junit.xml").toString());

    assertThat(run.exitCode).isEqualTo(1);
    assertThat(run.out)
        .contains("        it failed: StackOverflowError: java.lang.StackOverflowError");
    assertThat(run.out).last().asString().startsWith("2 of 4 cases FAILED");
    assertThat(folder.resolve("junit.xml")).content().contains("tests=\"4\" failures=\"2\"");
  }

  @Test
  void whatItIsCalledWrongWithExitsWithTwo() throws IOException {
    String file = Files.writeString(folder.resolve("some.yaml"), CASES).toString();

    assertThat(run("--flow", "nosuch").exitCode).isEqualTo(2);
    assertThat(run("--flow", "nosuch").err).contains("nosuch");
    assertThat(run(file, "--routes", folder.resolve("gone").toString()).exitCode).isEqualTo(2);
    assertThat(run(file, "--config", folder.resolve("gone").toString()).exitCode).isEqualTo(2);
    Run unwritable = run(file, "--name", "lands", "--junit", file + "/junit.xml");
    assertThat(unwritable.exitCode).isEqualTo(2);
    assertThat(unwritable.err).contains("can't write --junit");
    assertThat(unwritable.out).last().asString().startsWith("ok: 1 cases");
  }

  private static Run run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        WadiCommand.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    List<String> words = new ArrayList<>(List.of("test", "--timeout", "120"));
    words.addAll(List.of(arguments));
    int exitCode = command.execute(words.toArray(String[]::new));
    return new Run(exitCode, out.toString().lines().toList(), err.toString());
  }
}
