package dev.wadi.intake.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.event.Replay;
import dev.wadi.event.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

@Tag("unit")
class ReplayReaderTest {

  private final Map<String, byte[]> stored = new HashMap<>();
  private final ReplayReader reader = new ReplayReader("events", stored::get);

  @Test
  void givesTheOriginalBytesUnderTheDeadLettersId() {
    // not opened, though it is an array: the dead letter was this one record
    byte[] bytes = "[{\"a\":1},{\"a\":2}]".getBytes(StandardCharsets.UTF_8);
    SourceRecord record = only(read("m", bytes, new String(bytes), Map.of()));
    assertThat(record.source()).isEqualTo("replay:events");
    assertThat(record.position()).isEqualTo("m#" + id(bytes));
    assertThat(record.bytes()).isEqualTo(bytes);
    assertThat(Replay.idOf(record)).isEqualTo(id(bytes));
    assertThat(Replay.letterOf(record.position())).isEqualTo(id(bytes));
  }

  @Test
  void readsBinaryAndLargeBytes() {
    byte[] bytes = new byte[3_000_000];
    new Random(1).nextBytes(bytes);
    stored.put("dead_letters_bytes/x.bin", bytes);
    assertThat(only(read("m", bytes, "dead_letters_bytes/x.bin", Map.of(Replay.BODY, "object"))))
        .extracting(SourceRecord::bytes)
        .isEqualTo(bytes);
    String base64 = Base64.getEncoder().encodeToString(bytes);
    assertThat(only(read("m", bytes, base64, Map.of(Replay.BODY, "base64"))).bytes())
        .isEqualTo(bytes);
  }

  @Test
  void opensAWholeMessageAndKeepsTheIdsOfItsEventsFromReplayToReplay() {
    byte[] bytes = "[{\"a\":1},{\"a\":2}]".getBytes(StandardCharsets.UTF_8);
    Map<String, String> unread = Map.of(Replay.UNREAD, "true");
    List<SourceRecord> first = read("m1", bytes, new String(bytes), unread).orElseThrow();
    List<SourceRecord> second = read("m2", bytes, new String(bytes), unread).orElseThrow();
    assertThat(first).hasSize(2);
    assertThat(first.stream().map(Replay::idOf))
        .isEqualTo(second.stream().map(Replay::idOf).toList())
        .doesNotHaveDuplicates()
        .doesNotContain(id(bytes));
    assertThat(first)
        .allMatch(record -> Replay.letterOf(record.position()).equals(id(bytes)))
        .allMatch(record -> record.position().startsWith("m1#"));
  }

  @Test
  void leavesMessagesAloneThatReplayNothingOrSomethingElse() {
    byte[] bytes = "original".getBytes(StandardCharsets.UTF_8);
    assertThat(read("m", bytes, "edited", Map.of())).isEmpty();
    assertThat(read("m", bytes, "*", Map.of(Replay.BODY, "base64"))).isEmpty();
    Message plain = Message.builder().messageId("m").body("original").build();
    assertThat(reader.read(plain, Instant.EPOCH, 1, false)).isEmpty();
  }

  private Optional<List<SourceRecord>> read(
      String id, byte[] original, String body, Map<String, String> more) {
    Map<String, String> all = new HashMap<>(Replay.attributes(id(original), "sqs:events", "p#0"));
    all.putAll(more);
    Map<String, MessageAttributeValue> attributes = new HashMap<>();
    all.forEach(
        (name, value) ->
            attributes.put(name, MessageAttributeValue.builder().stringValue(value).build()));
    Message message =
        Message.builder().messageId(id).body(body).messageAttributes(attributes).build();
    return reader.read(message, Instant.EPOCH, 1, false);
  }

  private static SourceRecord only(Optional<List<SourceRecord>> records) {
    assertThat(records.orElseThrow()).hasSize(1);
    return records.get().get(0);
  }

  private static String id(byte[] bytes) {
    return Replay.idOf("sqs:events", "p#0", bytes);
  }
}
