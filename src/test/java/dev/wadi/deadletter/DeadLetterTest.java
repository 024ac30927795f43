package dev.wadi.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.Rejected;
import dev.wadi.event.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class DeadLetterTest {

  @Test
  void hasTheSameIdWhenTheSameRecordIsRejectedAgain() {
    SourceRecord again =
        new SourceRecord("sqs:events", "m1#0", new byte[] {1, 2}, Instant.EPOCH, 7);
    DeadLetter first =
        DeadLetter.of(Rejections.rejected(Rejections.record("m1#0", new byte[] {1, 2})));
    DeadLetter second =
        DeadLetter.of(new Rejected(again, "json", "flatten", "other", null, "another message"));
    assertThat(second.id()).isEqualTo(first.id()).matches("[0-9a-f]{32}");
  }

  @Test
  void hasAnotherIdForAnotherSourcePositionOrContent() {
    List<String> ids = new ArrayList<>();
    for (SourceRecord record :
        List.of(
            Rejections.record("m1#0", "x"),
            Rejections.record("m1#1", "x"),
            Rejections.record("m1#0", "y"),
            Rejections.record("m1#0", new byte[] {(byte) 0xff}),
            Rejections.record("m1#0", new byte[] {(byte) 0xfe}),
            new SourceRecord("sqs:other", "m1#0", new byte[] {'x'}, Rejections.RECEIVED, 1))) {
      ids.add(DeadLetter.of(Rejections.rejected(record)).id());
    }
    assertThat(new HashSet<>(ids)).hasSize(ids.size());
  }

  @Test
  void hasEitherBytesOrTheObjectThatHoldsThem() {
    DeadLetter letter = DeadLetter.of(Rejections.rejected(Rejections.record("m1#0", "x")));
    assertThat(letter.withBytesIn("o").bytes()).isNull();
    assertThatThrownBy(() -> letter.withBytesIn(null)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isReadAsItWasWritten() {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    DeadLetter letter = DeadLetter.of(Rejections.rejected(Rejections.record("m1#0", bytes)));
    DeadLetter read = read(DeadLetterJson.write(letter));
    assertThat(read).usingRecursiveComparison().isEqualTo(letter);
    assertThat(read.bytes()).isEqualTo(bytes);
  }

  @Test
  void isReadAsItWasWrittenWithoutRuleAndWithAnObject() {
    Rejected rejected =
        new Rejected(Rejections.record("m1#0", "x"), "json", "decode", "not_json", null, "no JSON");
    DeadLetter plain = DeadLetter.of(rejected);
    DeadLetter letter = plain.withBytesIn(DeadLetter.objectOf(plain.id()));
    assertThat(read(DeadLetterJson.write(letter))).isEqualTo(letter);
  }

  @Test
  void isWrittenInCharactersThatAQueueTakes() {
    String odd = "nul \0, escape \u001b, emoji \ud83d\ude00, lone \ud800, end \uffff";
    Rejected rejected =
        new Rejected(Rejections.record(odd, "x"), odd, odd, odd, odd, "ends with " + odd);
    String body = DeadLetterJson.write(DeadLetter.of(rejected));
    assertThat(body).matches("[ -~]+");
    assertThat(read(body).message()).isEqualTo("ends with " + odd);
  }

  @Test
  void keepsTextsShortEnoughForAQueue() {
    String text = "\u001b".repeat(100_000);
    Rejected rejected =
        new Rejected(Rejections.record("m1#0", "x"), "json", text, text, text, text);
    assertThat(DeadLetterJson.write(DeadLetter.of(rejected)).length()).isLessThan(32 * 1024);
  }

  @Test
  void cutsNoCharacterInHalf() {
    String text = "x".repeat(996) + "\ud83d\ude00".repeat(10);
    Rejected rejected =
        new Rejected(Rejections.record("m1#0", "x"), "json", "decode", "reason", null, text);
    assertThat(DeadLetter.of(rejected).message()).isEqualTo("x".repeat(996) + "...");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not JSON",
        "null",
        "[]",
        "{}",
        "{\"wadi_dead_letter\": 2}",
        "{\"wadi_dead_letter\": 1}",
        "{\"wadi_dead_letter\": true, \"dead_letter_id\": \"x\"}"
      })
  void isNotReadFromSomebodyElsesMessage(String body) {
    assertThat(DeadLetterJson.read(body.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"dead_letter_id\":\"[0-9a-f]+\" -> \"dead_letter_id\":\"../x\"",
        "\"bytes_base64\":\"[^\"]+\" -> \"bytes_base64\":\"%%\"",
        "\"bytes_base64\":\"[^\"]+\" -> \"bytes_base64\":null",
        "\"bytes_object\":null -> \"bytes_object\":\"../../etc/passwd\"",
        "\"first_seen\":\"[^\"]+\" -> \"first_seen\":\"yesterday\"",
        "\"first_seen\":\"[^\"]+\" -> \"first_seen\":\"+12026-11-21T12:00:00Z\"",
        "\"attempts\":2 -> \"attempts\":0",
        "\"reason\":\"[^\"]+\" -> \"reason\":null"
      })
  void isNotReadFromAMessageThatWasChanged(String change) {
    String[] parts = change.split(" -> ");
    String body =
        DeadLetterJson.write(DeadLetter.of(Rejections.rejected(Rejections.record("m1#0", "x"))));
    String changed = body.replaceFirst(parts[0], parts[1]);
    assertThat(changed).isNotEqualTo(body);
    assertThat(DeadLetterJson.read(changed.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  private static DeadLetter read(String body) {
    return DeadLetterJson.read(body.getBytes(StandardCharsets.UTF_8)).orElseThrow();
  }
}
