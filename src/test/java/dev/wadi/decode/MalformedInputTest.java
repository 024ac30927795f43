package dev.wadi.decode;

import static dev.wadi.decode.Decoding.withCustomData;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.event.Rejected;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class MalformedInputTest {

  private final Decoding decoding = new Decoding("cdevents");

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t \r\n"})
  void rejectsNothingAsEmpty(String nothing) {
    assertReason(nothing, "empty");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,}",
        "{'a':1}",
        "{\"a\":NaN}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":\"\t\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":tru}",
        "{/* */}",
        "{\"a\":1]",
        "{\"a\":[1}",
        "\u0001{}",
        "}"
      })
  void rejectsWhatIsNotJson(String text) {
    assertReason(text, "not_json");
  }

  @Test
  void saysWhereAndWhyItIsNotJson() {
    Rejected rejected = decoding.rejected("{\"a\": nope}");

    assertThat(rejected.message()).startsWith("not JSON at byte ").contains("nope");
    assertThat(rejected.stage()).isEqualTo("decode");
    assertThat(rejected.shape()).isEqualTo("cdevents");
    assertThat(rejected.record().position()).isEqualTo("1");
  }

  @Test
  void keepsMessagesToOneLine() {
    assertThat(decoding.rejected("{\"a\": \n\u2028\u0007 nope}").message()).doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[{}]", "1", "\"{}\"", "null", "true", "-1.5"})
  void rejectsWhatIsNoObject(String json) {
    assertReason(json, "not_an_object");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{} {}", "{}{}", "{}x", "{},", "{}]", "{} \u0001", "{}\"", "{}1"})
  void rejectsWhatHasSomethingAfterTheObject(String json) {
    assertReason(json, "trailing_content");
  }

  @ParameterizedTest
  @CsvSource({
    "stray continuation, 80",
    "overlong slash, C0AF",
    "overlong of three, E0809F",
    "overlong of four, F0808080",
    "surrogate, EDA080",
    "above the last code point, F4908080",
    "no such first byte, FF",
    "cut off, C3",
    "cut off in the middle, E282"
  })
  void rejectsBytesThatAreNotUtf8(String what, String hex) {
    assertThat(decoding.rejected(withBytes(hex)).reason()).as(what).isEqualTo("invalid_utf8");
  }

  @Test
  void takesEveryLengthOfUtf8() {
    String json =
        withCustomData("{\"\u00e9\":\"\u00e9\u20ac\ud83d\ude00\ud7ff\ue000\udbff\udfff\"}");

    assertThat(decoding.event(json).document().at("/customData/\u00e9").textValue())
        .isEqualTo("\u00e9\u20ac\ud83d\ude00\ud7ff\ue000\udbff\udfff");
  }

  @Test
  void rejectsOtherEncodingsAndByteOrderMarks() {
    String json = withCustomData("{}");

    assertThat(decoding.rejected(json.getBytes(StandardCharsets.UTF_16LE)).reason())
        .isEqualTo("invalid_utf8");
    assertThat(decoding.rejected(json.getBytes(StandardCharsets.UTF_16BE)).reason())
        .isEqualTo("invalid_utf8");
    assertThat(decoding.rejected("\ufeff" + json).message()).contains("byte order mark");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":\"\\ud800\"}",
        "{\"a\":\"\\udc00\"}",
        "{\"a\":\"\\ud800x\"}",
        "{\"a\":\"\\udc00\\ud800\"}",
        "{\"a\":\"\u00e9\\ud83d\"}"
      })
  void rejectsHalfOfASurrogatePair(String customData) {
    assertReason(withCustomData(customData), "invalid_utf8");
  }

  @Test
  void rejectsHalfOfASurrogatePairInAName() {
    assertReason(withCustomData("{\"\\ud800\":1}"), "not_json");
    assertReason(withCustomData("{\"\\udc00\":1}"), "not_json");
  }

  @Test
  void takesAPairOfEscapedSurrogatesAndAnEscapedZero() {
    String json = withCustomData("{\"a\":\"\\ud83d\\ude00\\u0000\"}");

    assertThat(decoding.event(json).document().at("/customData/a").textValue())
        .isEqualTo("\ud83d\ude00\0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void rejectsTenThousandLevels(String level) {
    assertReason("{\"a\":" + level.repeat(10_000), "too_deep");
  }

  @Test
  void takesAsManyLevelsAsTheLimitSays() {
    // the event and its customData are two of them
    assertThat(decoding.event(withCustomData("{\"a\":" + nested(198) + "}")).document())
        .isNotNull();
    assertReason(withCustomData("{\"a\":" + nested(199) + "}"), "too_deep");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":1,\"a\":1}                  | customData.a",
        "{\"a\":1,\"\\u0061\":2}            | customData.a",
        "{\"a\":{},\"a\":[]}                | customData.a",
        "{\"a\":null,\"a\":1}               | customData.a",
        "{\"b\":[0,{\"a\":1,\"a\":\"x\"}]}  | customData.b[].a",
        "{\"\u00e9\":1,\"\\u00e9\":true}    | customData.\u00e9"
      })
  void rejectsAMemberThatIsThereTwice(String customData, String path) {
    Rejected rejected = decoding.rejected(withCustomData(customData));

    assertThat(rejected.reason()).isEqualTo("duplicate_member");
    assertThat(rejected.rule()).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9223372036854775808",
        "-9223372036854775809",
        "123456789012345678901234567890",
        "1e309",
        "-1e999999999"
      })
  void rejectsNumbersBeyond64Bits(String number) {
    Rejected rejected = decoding.rejected(withCustomData("{\"n\":" + number + "}"));

    assertThat(rejected.reason()).isEqualTo("number_out_of_range");
    assertThat(rejected.rule()).isEqualTo("customData.n");
  }

  @Test
  void rejectsAnIntegerOfAMillionDigits() {
    assertReason(withCustomData("{\"n\":" + "7".repeat(1_000_000) + "}"), "number_out_of_range");
  }

  @Test
  void takesTheLargestNumbers() {
    String json =
        withCustomData(
            "{\"a\":[9223372036854775807,-9223372036854775808,1.7976931348623157e308,0."
                + "3".repeat(5_000)
                + "]}");

    assertThat(decoding.event(json).document().at("/customData/a/1").longValue())
        .isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void rejectsTextsAndNamesThatAreTooLong() {
    String megabyte = "x".repeat(1 << 20);

    assertThat(decoding.event(withCustomData("{\"a\":\"" + megabyte + "\"}"))).isNotNull();
    assertReason(withCustomData("{\"a\":\"" + megabyte + "x\"}"), "string_too_long");
    assertReason(withCustomData("{\"" + megabyte + "x\":1}"), "string_too_long");
    assertReason(withCustomData("\"" + "\u20ac".repeat(350_000) + "\""), "string_too_long");
  }

  @Test
  void rejectsEventsThatAreTooLarge() {
    Decoding small = new Decoding("cdevents", new DecodeLimits(1_000, 10, 1_000, 20));

    assertThat(small.rejected(withCustomData("\"" + "x".repeat(1_000) + "\"")).rule())
        .isEqualTo("bytes");
    Rejected rejected = small.rejected(withCustomData("{\"a\":[1,2,3,4,5,6,7,8,9]}"));
    assertThat(rejected.reason()).isEqualTo("too_large");
    assertThat(rejected.rule()).isEqualTo("values");
    assertThat(small.event(withCustomData("{\"a\":[1,2,3]}"))).isNotNull();
  }

  private static String nested(int levels) {
    return "[".repeat(levels) + "]".repeat(levels);
  }

  /** An event with these bytes in a text. */
  private static byte[] withBytes(String hex) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("{\"some text\":\"".getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(java.util.HexFormat.of().parseHex(hex.toLowerCase(Locale.ROOT)));
    bytes.writeBytes("\"}".getBytes(StandardCharsets.US_ASCII));
    return bytes.toByteArray();
  }

  private void assertReason(String json, String reason) {
    assertThat(decoding.rejected(json).reason()).as(json).isEqualTo(reason);
  }
}
