package dev.wadi.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wadi.event.SetupException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class CaseFileTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void readsACaseWithAllThatItMaySay() throws IOException {
    Files.createDirectories(folder.resolve("my-routes"));
    Files.writeString(folder.resolve("two.jsonl"), "{}\n{}\n");
    RouteCase read =
        only(
            """
            routes: my-routes
            settings: {wadi.land.partition: event_date}
            cases:
            - name: everything
              into: my-source
              shape: json
              settings: {my.own: 1}
              before:
              - text: '[1]'
              given:
              - {event: {id: 1}, source: 'sqs:q', position: m-1, attempts: 3, headers: {kind: x}}
              - file: two.jsonl
              expect:
                events: [{event_id: a}]
                duplicates: 2
                dropped: {unwanted: 1, none: 0}
                columns: exact
            """);

    assertThat(read.line()).isEqualTo(4);
    assertThat(read.name()).isEqualTo("everything");
    assertThat(read.into()).isEqualTo("my-source");
    assertThat(read.setup())
        .isEqualTo(
            new CaseSetup(
                null,
                null,
                folder.resolve("my-routes"),
                null,
                "json",
                Map.of("wadi.land.partition", "event_date", "my.own", "1")));
    assertThat(text(read.before().get(0))).isEqualTo("[1]");
    Given first = read.given().get(0);
    assertThat(text(first)).isEqualTo("{\"id\":1}");
    assertThat(first.source()).isEqualTo("sqs:q");
    assertThat(first.position()).isEqualTo("m-1");
    assertThat(first.attempts()).isEqualTo(3);
    assertThat(first.headers()).isEqualTo(Map.of("kind", "x"));
    assertThat(read.given().get(1).file()).isEqualTo(folder.resolve("two.jsonl"));
    assertThat(read.expected().rows("events").rows().get(0).line()).isEqualTo(14);
    assertThat(read.expected().rows("duplicates")).isEqualTo(new Expected.Rows(2, null));
    assertThat(read.expected().rows("conflicts")).isEqualTo(Expected.Rows.NONE);
    assertThat(read.expected().dropped()).isEqualTo(Map.of("unwanted", 1));
    assertThat(read.expected().exact()).isTrue();
    assertThat(read.expected().fails()).isNull();
  }

  @Test
  void anEventIsGivenAsItIsWritten() throws IOException {
    RouteCase read =
        only(
            """
            cases:
            - name: n
              given:
              - event: {a: 5.0, b: 100.0, c: [1.50, 1e3, -0.0], d: {"e\\"": "f\\n", g: 12345678901234567890}}
              expect: {fails: no outcome}
            """);

    assertThat(text(read.given().get(0)))
        .isEqualTo(
            "{\"a\":5.0,\"b\":100.0,\"c\":[1.50,1e3,-0.0],"
                + "\"d\":{\"e\\\"\":\"f\\n\",\"g\":12345678901234567890}}");
    assertThat(read.expected().fails()).isEqualTo("no outcome");
  }

  @Test
  void aFolderThatTheCommandLineNamesAnotherOfNeedNotBeThere() throws IOException {
    Path file = Files.writeString(folder.resolve("a.yaml"), "routes: gone\n" + oneCase("first"));

    assertThat(CaseFile.read(file, Set.of("routes")).get(0).setup().routes()).isNull();
    assertThatThrownBy(() -> CaseFile.read(file, Set.of("shapes")))
        .hasMessageContaining("there is no folder");
  }

  @Test
  void takesPlainScalarsAsJsonDoesAndAllElseAsText() throws IOException {
    RouteCase read =
        only(
            """
            cases:
            - name: n
              given:
              - event: {a: 1, b: 1.50, c: 01, d: no, e: 2026-11-20, f: ~, g: '1', h: true, i: 0x1F, j: }
              expect: {events: 1}
            """);

    JsonNode event = JSON.readTree(text(read.given().get(0)));
    assertThat(event)
        .isEqualTo(
            JSON.readTree(
                "{\"a\":1,\"b\":1.50,\"c\":\"01\",\"d\":\"no\",\"e\":\"2026-11-20\",\"f\":null,"
                    + "\"g\":\"1\",\"h\":true,\"i\":\"0x1F\",\"j\":null}"));
  }

  @Test
  void mergesWhatAnAnchorNamesUnderWhatIsWritten() throws IOException {
    RouteCase read =
        only(
            """
            cases:
            - name: n
              given:
              - event: &one {a: 1, b: 2}
              - event: {<<: *one, b: 3}
              expect: {events: 2}
            """);

    assertThat(JSON.readTree(text(read.given().get(1))))
        .isEqualTo(JSON.readTree("{\"b\":3,\"a\":1}"));
  }

  @Test
  void aFolderOfCasesInAFlowIsThatFlows() throws IOException {
    Files.writeString(folder.resolve("flow.properties"), "");
    Path cases = Files.createDirectories(folder.resolve("cases"));
    Files.writeString(cases.resolve("b.yaml"), oneCase("second"));
    Files.writeString(cases.resolve("a.yaml"), oneCase("first"));
    Files.writeString(cases.resolve("a.jsonl"), "not read");

    assertThat(CaseFile.read(cases))
        .extracting(RouteCase::name, read -> read.setup().flowFolder())
        .containsExactly(
            tuple("first", folder.toAbsolutePath()), tuple("second", folder.toAbsolutePath()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          ''                                                    | 1: the file is empty: begin it with `cases:`
          flow: x                                               | 1: 'cases' is missing: add it
          cases: []                                             | 1: there is no case: add one with `- name:`
          cases: [{name: a, given: [{event: {}}]}]              | 1: 'expect' of a case is missing: add it
          cases: [{given: [{event: {}}], expect: {}}]           | 1: 'name' of a case is missing: add it
          cases: [{name: a, given: [], expect: {}}]             | 1: nothing is given: add an item
          cases: [{name: a, given: [x], expect: {}}]            | 1: write `- event: {...}`, `- text: ...` or `- file: name`
          cases: [{name: a, given: [{event: {}, text: b}], expect: {}}] | 1: what is given needs one of event, text and file, and has event and text
          cases: [{name: a, given: [{source: b}], expect: {}}]  | 1: what is given needs one of event, text and file, and has none
          cases: [{name: a, given: [{file: b}], expect: {}}]    | 1: there is no file
          cases: [{name: a, given: [{event: {}, attempts: 0}], expect: {}}] | 1: it is delivered at least once: set 1 or more
          cases: [{name: a, given: [{event: {}}], expect: {rows: 1}}] | 1: 'rows' is unknown here: use one of events, duplicates
          cases: [{name: a, given: [{event: {}}], expect: {events: yes}}] | 1: a list of rows must stand here, or their number
          cases: [{name: a, given: [{event: {}}], expect: {columns: all}}] | 1: columns are 'exact' or 'some' (the usual)
          cases: [{name: a, given: [{event: {}}], expect: {dropped: {x: many}}}] | 1: a number of 0 or more must stand here
          "cases: [{name: a, given: [{event: {}}], expect: {events: [{b: {matches: '['}}]}}]" | 1: '[' is no regular expression
          "cases: [{name: a, given: [{event: {}}], expect: {events: [{b: {c: [{matches: '['}]}}]}}]" | 1: '[' is no regular expression
          cases: [{name: a, given: [{event: {}}], expect: {fails: x, dropped: {y: 1}}}] | 1: of what fails nothing else is looked at
          cases: [{name: a, given: [{event: {}}], expect: {fails: x, events: 1}}] | 1: of what fails nothing else is looked at
          cases: [{name: a, routes: gone, given: [{event: {}}], expect: {}}] | 1: there is no folder
          cases: [{name: a, name: b}]                           | 1: 'name' stands here twice: remove one
          cases: {                                              | this is not YAML
          """)
  void saysWhatIsWrongWithItsLineAndWhatToDo(String yaml, String said) throws IOException {
    Path file = folder.resolve("wrong.yaml");
    Files.writeString(file, yaml.equals("''") ? "" : yaml);

    assertThatThrownBy(() -> CaseFile.read(file))
        .isInstanceOf(SetupException.class)
        .hasMessageStartingWith(file + ":")
        .hasMessageContaining(said);
  }

  @Test
  void saysWhichFileOrFolderIsNotThere() {
    assertThatThrownBy(() -> CaseFile.read(folder.resolve("gone.yaml")))
        .hasMessageContaining("there is no file or folder '" + folder.resolve("gone.yaml"));
    assertThatThrownBy(() -> CaseFile.read(folder))
        .hasMessageContaining("holds no *.yaml file: put cases there");
  }

  private RouteCase only(String yaml) throws IOException {
    Path file = folder.resolve("cases.yaml");
    Files.writeString(file, yaml);
    List<RouteCase> cases = CaseFile.read(file);
    assertThat(cases).hasSize(1);
    return cases.get(0);
  }

  private static String oneCase(String name) {
    return "cases: [{name: " + name + ", given: [{event: {}}], expect: {events: 1}}]\n";
  }

  private static String text(Given given) {
    return new String(given.body(), StandardCharsets.UTF_8);
  }
}
