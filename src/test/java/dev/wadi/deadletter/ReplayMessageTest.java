package dev.wadi.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.event.Replay;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ReplayMessageTest {

  private static final int MOST = 256 * 1024;

  private final Map<String, byte[]> stored = new HashMap<>();

  @Test
  void bringsATextAsItIs() {
    byte[] bytes = "{\"a\": \"é\uD83D\uDE00\"}\n".getBytes(StandardCharsets.UTF_8);
    ReplayMessage message = message(bytes);
    assertThat(message.body()).isEqualTo("{\"a\": \"é\uD83D\uDE00\"}\n");
    assertThat(message.attributes()).containsOnlyKeys(Replay.OF, Replay.SOURCE, Replay.POSITION);
    assertThat(Replay.verified(message.attributes(), bytes)).contains(message.letter());
  }

  @Test
  void bringsBytesThatSqsWouldRefuseOrChangeInBase64() {
    for (byte[] bytes :
        new byte[][] {
          {(byte) 0xff, 0},
          "\u001b[2J".getBytes(StandardCharsets.UTF_8),
          "a\r\n".getBytes(),
          {(byte) 0xed, (byte) 0xa0, (byte) 0x80}
        }) {
      ReplayMessage message = message(bytes);
      assertThat(message.attributes()).containsEntry(Replay.BODY, Replay.BASE64);
      assertThat(Base64.getDecoder().decode(message.body())).isEqualTo(bytes);
    }
    assertThat(stored).isEmpty();
  }

  @Test
  void putsWhatNoMessageHoldsIntoTheStore() {
    byte[] large = new byte[5_000_000];
    new Random(1).nextBytes(large);
    for (byte[] bytes : new byte[][] {large, {}, "x".repeat(MOST).getBytes()}) {
      ReplayMessage message = message(bytes);
      assertThat(message.attributes()).containsEntry(Replay.BODY, Replay.OBJECT);
      assertThat(stored).containsKey(message.body());
      assertThat(stored.get(message.body())).isEqualTo(bytes);
      assertThat(message.size()).isLessThan(1_000);
    }
  }

  @Test
  void isNoReplayOfOtherBytes() {
    ReplayMessage message = message("original".getBytes());
    assertThat(Replay.verified(message.attributes(), "edited".getBytes())).isEmpty();
    Map<String, String> broken = new HashMap<>(message.attributes());
    broken.put(Replay.POSITION, "%zz");
    assertThat(Replay.verified(broken, "original".getBytes())).isEmpty();
  }

  private ReplayMessage message(byte[] bytes) {
    String source = "sqs:events";
    String position = "file with spaces & é.jsonl@7";
    String id = Replay.idOf(source, position, bytes);
    return ReplayMessage.of(
        new ReplayMessage.Letter(id, source, position, "not_json"), bytes, MOST, stored::put);
  }
}
