package dev.wadi.shape;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class TimeRuleTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-11-21T12:00:00Z                | 2026-11-21T12:00:00Z",
        "2026-11-21t12:00:00z                | 2026-11-21T12:00:00Z",
        "2026-11-21 12:00:00Z                | 2026-11-21T12:00:00Z",
        "2026-11-21T12:00Z                   | 2026-11-21T12:00:00Z",
        "2026-11-21T12:00:00                 | 2026-11-21T12:00:00Z",
        "2026-11-21T12:00                    | 2026-11-21T12:00:00Z",
        "2026-11-21T12:00:00.1Z              | 2026-11-21T12:00:00.1Z",
        "2026-11-21T12:00:00,25              | 2026-11-21T12:00:00.25Z",
        "2026-11-21T12:00:00.123456999Z      | 2026-11-21T12:00:00.123456Z",
        "2026-11-21T12:00:00.123456999999Z   | 2026-11-21T12:00:00.123456Z",
        "1969-12-31T23:59:59.9999999Z        | 1969-12-31T23:59:59.999999Z",
        "2026-11-21T12:00:00+01:00           | 2026-11-21T11:00:00Z",
        "2026-11-21T12:00:00-0530            | 2026-11-21T17:30:00Z",
        "2026-11-21T00:30:00.5+01            | 2026-11-20T23:30:00.5Z",
        "2024-02-29T23:59:59+00:00           | 2024-02-29T23:59:59Z",
        "0001-01-01T00:00:00Z                | 0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999Z         | 9999-12-31T23:59:59.999999Z"
      })
  void readsIso8601(String text, Instant time) {
    assertThat(rule("iso8601").read(TextNode.valueOf(text))).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "2026-11-21",
        "2026-11-21T12",
        "2026-11-21X12:00:00Z",
        "2026/11/21T12:00:00Z",
        "2026-11-21T12.00.00Z",
        "2026-13-21T12:00:00Z",
        "2026-02-30T12:00:00Z",
        "2026-00-01T12:00:00Z",
        "2026-11-21T24:00:00Z",
        "2026-11-21T12:60:00Z",
        "2026-11-21T12:00:61Z",
        "2026-11-21T12:00:0",
        "2026-11-21T12:00:",
        "2026-11-21T12:00:00.Z",
        "2026-11-21T12:00:00.5.5Z",
        "2026-11-21T12:00:00Zulu",
        "2026-11-21T12:00:00 Z",
        "2026-11-21T12:00:00+1",
        "2026-11-21T12:00:00+1:00",
        "2026-11-21T12:00:00+01:0",
        "2026-11-21T12:00:00+19:00",
        "2026-11-21T12:00:00+01:60",
        "2026-11-21T12:00:00+ab:cd",
        "2026-11-21T12:00:00*01:00",
        "-026-11-21T12:00:00Z",
        "202\u0666-11-21T12:00:00Z",
        "0001-01-01T00:00:00+01:00",
        "9999-12-31T23:59:59-01:00",
        "0000-12-31T00:00:00Z"
      })
  void refusesWhatIsNotIso8601OrOutOfRange(String text) {
    assertThat(rule("iso8601").read(TextNode.valueOf(text))).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "unix-seconds | 1712511721               | 2024-04-07T17:42:01Z",
        "unix-seconds | 1712511721.022075        | 2024-04-07T17:42:01.022075Z",
        "unix-seconds | \"1712511721.0220759\"   | 2024-04-07T17:42:01.022075Z",
        "unix-seconds | \"1712511721.022075\"    | 2024-04-07T17:42:01.022075Z",
        "unix-seconds | \"0\"                    | 1970-01-01T00:00:00Z",
        "unix-seconds | -0.5                     | 1969-12-31T23:59:59.5Z",
        "unix-seconds | \"-1\"                   | 1969-12-31T23:59:59Z",
        "unix-seconds | 1.712511721e9            | 2024-04-07T17:42:01Z",
        "unix-millis  | 1712511721022            | 2024-04-07T17:42:01.022Z",
        "unix-millis  | 1712511721022.5          | 2024-04-07T17:42:01.0225Z"
      })
  void readsUnixTime(String format, String json, Instant time) throws Exception {
    assertThat(rule(format).read(json(json))).isEqualTo(time);
  }

  /** A double has 2^-22 seconds at best in these years, so its digits alone don't tell. */
  @Test
  void keepsEveryMicrosecondOfADecimal() throws Exception {
    TimeRule rule = rule("unix-seconds");
    Random random = new Random(20_261_121);
    for (int n = 0; n < 50_000; n++) {
      long micros = (long) (random.nextDouble() * 4e15);
      String decimal = micros / 1_000_000 + ".%06d".formatted(micros % 1_000_000);
      Instant time = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
      assertThat(rule.read(json(decimal))).as(decimal).isEqualTo(time);
      assertThat(rule.read(TextNode.valueOf(decimal))).as(decimal).isEqualTo(time);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e300",
        "-1e300",
        "9223372036854775807",
        "253402300800",
        "-62135596801",
        "\"1e5\"",
        "\"\"",
        "\"-\"",
        "\".5\"",
        "\"5.\"",
        "\"1.2.3\"",
        "\"soon\"",
        "\"11111111111111111111111111111111111111111\"",
        "true",
        "{}"
      })
  void refusesWhatIsNoUnixTimeOrOutOfRange(String json) throws Exception {
    assertThat(rule("unix-seconds").read(json(json))).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "yyyy-MM-dd HH:mm:ss.SSSSSS | 2023-04-04 22:31:53.796517 | 2023-04-04T22:31:53.796517Z",
        "yyyy-MM-dd HH:mm:ss XXX    | 2023-04-04 22:31:53 +02:00 | 2023-04-04T20:31:53Z",
        "dd.MM.yyyy                 | 04.04.2023                 | 2023-04-04T00:00:00Z"
      })
  void readsAPattern(String pattern, String text, Instant time) {
    assertThat(rule(pattern).read(TextNode.valueOf(text))).isEqualTo(time);
    assertThat(rule(pattern).read(TextNode.valueOf("2023"))).isNull();
    assertThat(rule(pattern).wanted()).contains(pattern);
  }

  @Test
  void takesNumbersForUnixTimeOnly() {
    assertThat(rule("unix-millis").takesNumbers()).isTrue();
    assertThat(rule("iso8601").takesNumbers()).isFalse();
    assertThat(rule("dd.MM.yyyy").takesNumbers()).isFalse();
  }

  private static TimeRule rule(String format) {
    return new TimeRule(JsonPath.of("time"), TimeFormat.of(format));
  }

  private static JsonNode json(String json) throws Exception {
    return new ObjectMapper().readTree(json);
  }
}
