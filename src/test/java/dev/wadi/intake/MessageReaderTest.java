package dev.wadi.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.event.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class MessageReaderTest {

  private final MessageReader reader = new MessageReader("sqs:events");

  @Test
  void makesOneRecordOfOneEvent() {
    List<SourceRecord> records = reader.read("m1", " {\"a\": 1 }\n", Instant.EPOCH, 3);

    assertThat(texts(records)).containsExactly(" {\"a\": 1 }\n");
    assertThat(records.get(0).position()).isEqualTo("m1#0");
    assertThat(records.get(0).source()).isEqualTo("sqs:events");
    assertThat(records.get(0).receivedAt()).isEqualTo(Instant.EPOCH);
    assertThat(records.get(0).attempts()).isEqualTo(3);
  }

  @Test
  void cutsAnArrayIntoTheOriginalBytesOfItsElements() {
    List<SourceRecord> records =
        read(
            """
             [ {"b" : 1.0,  "a":"é] }\\"\u00e9" } ,
               {"nested":{"x":[1,[2,{}]]}},"text, ]",12.50e3 ,-0,null,true,[] ,{}
             ]
            """);

    assertThat(texts(records))
        .containsExactly(
            "{\"b\" : 1.0,  \"a\":\"é] }\\\"\u00e9\" }",
            "{\"nested\":{\"x\":[1,[2,{}]]}}",
            "\"text, ]\"",
            "12.50e3",
            "-0",
            "null",
            "true",
            "[]",
            "{}");
    assertThat(records)
        .extracting(SourceRecord::position)
        .startsWith("m1#0", "m1#1")
        .endsWith("m1#8")
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        " [ ] ",
        "[{\"a\":]",
        "[nonsense,{\"a\":2}]",
        "[,",
        "[",
        "{\"a\":",
        "no json",
        " "
      })
  void makesOneRecordOfWhateverIsNoArrayOfEvents(String body) {
    assertThat(texts(read(body))).containsExactly(body);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '|',
      value = {
        "[{'a':1},{'a':]; {'a':]",
        "[{'a':1},nonsense,{'a':2}]; nonsense,{'a':2}]",
        "[{'a':1} , {'a; {'a",
        "[{'a':1},; ,",
        "[{'a':1}{'a':2}]; {'a':2}]",
        "[{'a':1}] [{'a':2}]; ] [{'a':2}]",
        "[{'a':1}]x; ]x",
        "[{'a':1}]]; ]]",
      })
  void makesARecordOfWhatIsLeftWhereAnArrayBreaksOff(String body, String left) {
    assertThat(texts(read(body.replace('\'', '"'))))
        .containsExactly("{\"a\":1}", left.replace('\'', '"'));
  }

  @Test
  void takesTheElementsOfAnArrayThatIsNotClosed() {
    assertThat(texts(read("[{\"a\":1},{\"a\":2}"))).containsExactly("{\"a\":1}", "{\"a\":2}");
  }

  @Test
  void doesNotLetAnElementThatIsTooDeepTakeItsNeighboursWithIt() {
    String deep = "[".repeat(10_000) + "]".repeat(10_000);

    assertThat(texts(read("[{\"a\":1}," + deep + ",{\"a\":2}]")))
        .containsExactly("{\"a\":1}", deep, "{\"a\":2}");
  }

  @Test
  void doesNotLetAnElementThatIsTooLongTakeItsNeighboursWithIt() {
    String digits = "9".repeat(20_000);
    String name = "{\"" + "n".repeat(100_000) + "\":1}";

    assertThat(texts(read("[" + digits + "," + name + ",{}]"))).containsExactly(digits, name, "{}");
  }

  private List<SourceRecord> read(String body) {
    return reader.read("m1", body, Instant.EPOCH, 1);
  }

  private static List<String> texts(List<SourceRecord> records) {
    return records.stream()
        .map(record -> new String(record.bytes(), StandardCharsets.UTF_8))
        .toList();
  }
}
