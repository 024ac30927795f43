package dev.wadi.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class ComparisonTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void rowsAreFoundInAnyOrderByTheColumnsThatAreNamed() {
    assertThat(
            differences(
                events(false, "{'id': 1}", "{'id': 2, 'b': null}"),
                came("{'id': 2, 'a': 'x'}", "{'id': 1, 'a': 'y'}")))
        .isEmpty();
  }

  @Test
  void twoExpectedRowsThatAreAlikeNeedTwoRows() {
    assertThat(lines(events(false, "{'a': 1}", "{'a': 1}"), came("{'a': 1, 'event_id': 'x'}")))
        .containsExactly(
            "events: 2 expected, 1 came", "events: missing {a: 1} (cases/some.yaml:8)");
  }

  @Test
  void aRowThatAnotherCouldHaveTooIsLeftToTheOneThatCanHaveNoOther() {
    Expected expected =
        events(false, "{'event_type': 'a'}", "{'event_type': 'a', 'event_id': '1'}");

    assertThat(
            differences(
                expected,
                came(
                    "{'event_type': 'a', 'event_id': '1'}",
                    "{'event_type': 'a', 'event_id': '2'}")))
        .isEmpty();
    assertThat(
            differences(
                expected,
                came(
                    "{'event_type': 'a', 'event_id': '3'}",
                    "{'event_type': 'a', 'event_id': '2'}")))
        .hasSize(1);
  }

  @Test
  void aRowThatDiffersIsShownBesideTheOneThatWasMeant() {
    assertThat(
            lines(
                events(false, "{'event_id': 'o-1', 'total': 12.5, 'mail': null}"),
                came("{'event_id': 'o-1', 'total': '12.5', 'mail': 'a@b'}")))
        .containsExactly(
            "events: a row differs (cases/some.yaml:7): {event_id: \"o-1\", total: 12.5}",
            "  column  expected  came",
            "  total   12.5      \"12.5\"",
            "  mail    null      \"a@b\"");
  }

  @Test
  void ofAJsonTextOnlyTheMembersAreShownThatDiffer() {
    assertThat(
            lines(
                events(
                    false, "{'event_id': 'a', '_doc': {'user': {'id': 7, 'mail': null}, 'b': 1}}"),
                came(
                    "{'event_id': 'a', '_doc': '{\\'user\\':{\\'id\\':7,\\'mail\\':\\'a@b\\'},\\'b\\':2}'}")))
        .containsExactly(
            "events: a row differs (cases/some.yaml:7): {event_id: \"a\", _doc:"
                + " {\"user\":{\"id\":7,\"mail\":null},\"b\":1}}",
            "  column          expected  came",
            "  _doc.user.mail  null      \"a@b\"",
            "  _doc.b          1         2");
  }

  @Test
  void theIdTellsWhichRowWasMeantRatherThanOtherColumnsThatAreAlike() {
    assertThat(
            differences(
                events(false, "{'event_id': 'a', 'x': 1, 'y': 2}"),
                came("{'event_id': 'b', 'x': 1, 'y': 2}", "{'event_id': 'a', 'x': 9, 'y': 9}")))
        .hasSize(3)
        .element(1)
        .isInstanceOfSatisfying(
            Difference.Row.class,
            row ->
                assertThat(row.columns())
                    .extracting(Difference.Column::name)
                    .containsExactly("x", "y"));
  }

  @Test
  void aTableThatIsNotNamedMustBeEmpty() {
    Came came =
        new Came(
            Map.of("dead_letters", List.of(row("{'reason': 'not_json', 'message': 'm'}"))),
            Map.of(),
            null);

    assertThat(lines(events(false), came))
        .containsExactly(
            "dead_letters: none expected, 1 came",
            "dead_letters: extra {message: \"m\", reason: \"not_json\"}");
  }

  @Test
  void anExactRowHasNoColumnOfThePayloadBesides() {
    Came came = came("{'event_id': 'a', 'event_key': 'k', 'b': 1, 'c': null, 'd': 2}");

    assertThat(differences(events(false, "{'b': 1}"), came)).isEmpty();
    assertThat(lines(events(true, "{'b': 1}"), came))
        .last()
        .isEqualTo("  d       (no such column)  2");
  }

  @Test
  void ofADeadLettersMessageAPartIsEnough() {
    Expected expected =
        new Expected(
            Map.of(
                "dead_letters",
                new Expected.Rows(1, List.of(expectedRow("{'message': 'order.id'}", 9)))),
            Map.of(),
            false,
            null);

    assertThat(
            differences(
                expected,
                new Came(
                    Map.of("dead_letters", List.of(row("{'message': 'missing: order.id'}"))),
                    Map.of(),
                    null)))
        .isEmpty();
  }

  @Test
  void dropsAreComparedByReason() {
    Expected expected = new Expected(Map.of(), Map.of("a", 1, "b", 2), false, null);

    assertThat(lines(expected, new Came(Map.of(), Map.of("b", 2, "c", 3), null)))
        .containsExactly(
            "dropped as 'a': 1 expected, none came", "dropped as 'c': none expected, 3 came");
  }

  @Test
  void aFailureIsToldAloneUnlessItWasExpected() {
    assertThat(lines(events(false, "{'a': 1}"), Came.failed("no outcome for one record")))
        .containsExactly("it failed: no outcome for one record");
    assertThat(
            differences(
                new Expected(Map.of(), Map.of(), false, "no outcome"),
                Came.failed("no outcome for one record")))
        .isEmpty();
    assertThat(
            lines(
                new Expected(Map.of(), Map.of(), false, "no outcome"),
                new Came(Map.of(), Map.of(), null)))
        .containsExactly("expected to fail with 'no outcome': it did not fail");
  }

  @Test
  void aFailureBeforeIsNotTheOneThatIsExpected() {
    assertThat(
            lines(
                new Expected(Map.of(), Map.of(), false, "no outcome"),
                Came.failedBefore("no outcome for one record")))
        .containsExactly("it failed: in 'before': no outcome for one record");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          1                        | 1.0                            | true
          1                        | '1'                            | false
          '2026-11-20T10:00:00Z'   | '2026-11-20T11:00:00.000+01:00'| true
          '2026-11-20T10:00:00Z'   | '2026-11-20T10:00:01Z'         | false
          {'contains': 'b'}        | 'abc'                          | true
          {'contains': 'x'}        | 'abc'                          | false
          {'matches': '[a-c]+'}    | 'abc'                          | true
          {'matches': '[a-b]+'}    | 'abc'                          | false
          {'a': {'b': 1}}          | '{\\'a\\':{\\'b\\':1,\\'c\\':2}}' | true
          {'a': {'b': 1, 'c': null}} | '{\\'a\\':{\\'b\\':1}}'      | true
          {'a': {'b': 2}}          | '{\\'a\\':{\\'b\\':1}}'        | false
          [1, 2]                   | '[1,2]'                        | true
          [1]                      | '[1,2]'                        | false
          {'a': 1}                 | 'no JSON'                      | false
          null                     | null                           | true
          null                     | 0                              | false
          true                     | null                           | false
          """)
  void valuesAgree(String expected, String came, boolean agree) {
    assertThat(Values.agree(json(expected), json(came))).isEqualTo(agree);
  }

  @Test
  void junitXmlHasEveryCaseAndTheDifferencesOfThoseThatFailed() {
    CaseResult ok = result(List.of());
    CaseResult failed =
        result(differences(events(false, "{'a': '<\\u0001&'}"), came("{'a': 1, 'b': 2}")));

    assertThat(JunitXml.of(List.of(ok, failed)))
        .isEqualTo(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites tests="2" failures="1" errors="0" time="0.500">
              <testsuite name="cases/some.yaml" tests="2" failures="1" errors="0" time="0.500">
                <testcase name="a case" classname="cases/some.yaml" file="cases/some.yaml" line="3" time="0.250"/>
                <testcase name="a case" classname="cases/some.yaml" file="cases/some.yaml" line="3" time="0.250">
                  <failure message="events: missing {a: &quot;&lt;\\u0001&amp;&quot;} (cases/some.yaml:7)">        cases/some.yaml:3
                    events: missing {a: &quot;&lt;\\u0001&amp;&quot;} (cases/some.yaml:7)
                    events: extra {a: 1, b: 2}
            </failure>
                </testcase>
              </testsuite>
            </testsuites>
            """
                .replace("                    events", "        events"));
  }

  @Test
  void coloursAreForTerminalsAlone() {
    CaseResult failed = result(differences(events(false, "{'a': 1}"), came("{'a': 2}")));

    assertThat(new DiffText(false).line(failed)).isEqualTo("FAILED  a case (0.25 s)");
    assertThat(String.join("\n", new DiffText(false).lines(failed))).doesNotContain("\u001b");
    assertThat(new DiffText(true).line(failed)).contains("\u001b[31mFAILED\u001b[0m");
    assertThat(String.join("\n", new DiffText(true).lines(failed)))
        .contains("\u001b[32m", "\u001b[31m");
  }

  private static List<String> lines(Expected expected, Came came) {
    return new DiffText(false)
        .lines(result(differences(expected, came))).stream()
            .skip(1)
            .map(line -> line.substring(8))
            .toList();
  }

  private static CaseResult result(List<Difference> differences) {
    return new CaseResult(
        new RouteCase(
            Path.of("cases/some.yaml"),
            3,
            "a case",
            new CaseSetup(null, null, null, null, null, Map.of()),
            null,
            List.of(),
            List.of(),
            events(false)),
        differences,
        Duration.ofMillis(250));
  }

  private static List<Difference> differences(Expected expected, Came came) {
    return Comparison.of(expected, came);
  }

  private static Expected events(boolean exact, String... rows) {
    List<Expected.Row> expected = new ArrayList<>();
    for (String row : rows) {
      expected.add(expectedRow(row, 7 + expected.size()));
    }
    return new Expected(
        Map.of("events", new Expected.Rows(rows.length, expected)), Map.of(), exact, null);
  }

  private static Expected.Row expectedRow(String row, int line) {
    return new Expected.Row(line, row(row));
  }

  private static Came came(String... rows) {
    List<Map<String, JsonNode>> events = new ArrayList<>();
    for (String row : rows) {
      events.add(row(row));
    }
    return new Came(Map.of("events", events), Map.of(), null);
  }

  private static Map<String, JsonNode> row(String json) {
    Map<String, JsonNode> row = new LinkedHashMap<>();
    json(json).properties().forEach(column -> row.put(column.getKey(), column.getValue()));
    return row;
  }

  /** With apostrophes for quotation marks, and escaped ones inside of a text. */
  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace("\\'", "\\\"").replaceAll("(?<!\\\\)'", "\""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
