package dev.wadi.crash.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.crash.load.Sent.Times;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the log says what was sent for certain and what perhaps. */
@Tag("unit")
class SendLogTest {

  private static final Item EVENT = new Item(Kind.UNIQUE, "s#a", "h", "", "{}");
  private static final Item POISON = new Item(Kind.POISON, "p", "x", "not_json", "{");

  @TempDir Path folder;

  @Test
  void countsTriesAndAnswers() throws Exception {
    Path file = folder.resolve("send.log");
    Message message = new Message(0, List.of(EVENT, POISON));
    try (SendLogWriter log = new SendLogWriter(file)) {
      log.trying(message, 1);
      log.trying(message, 2);
      log.answered(message);
      log.trying(new Message(1, List.of(EVENT)), 1);
      log.ended();
    }
    Sent sent = Sent.read(file);
    assertThat(sent.events()).isEqualTo(Map.of("s#a", Map.of("h", new Times(1, 3))));
    assertThat(sent.poisons()).isEqualTo(Map.of(new Sent.Poison("x", "not_json"), new Times(1, 2)));
    assertThat(sent.total()).isEqualTo(new Times(2, 5));
  }

  @Test
  void addsUpWhatWentByTwoWays() throws Exception {
    Path queue = folder.resolve("queue.log");
    Path stream = folder.resolve("stream.log");
    for (Path file : List.of(queue, stream)) {
      try (SendLogWriter log = new SendLogWriter(file)) {
        log.trying(new Message(0, List.of(EVENT)), 1);
        log.answered(new Message(0, List.of(EVENT)));
        log.ended();
      }
    }
    assertThat(Sent.read(queue, stream).events())
        .isEqualTo(Map.of("s#a", Map.of("h", new Times(2, 2))));
  }

  @Test
  void isRefusedWithoutItsEnd() throws Exception {
    Path file = folder.resolve("send.log");
    try (SendLogWriter log = new SendLogWriter(file)) {
      log.trying(new Message(0, List.of(EVENT)), 1);
    }
    assertThatThrownBy(() -> Sent.read(file)).hasMessageContaining("has no end");
  }
}
