package dev.wadi.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.event.Decoded;
import dev.wadi.event.Event;
import dev.wadi.event.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever is done to the bytes of an event, decoding gives a value and no exception. */
@Tag("unit")
class MutatedInputTest {

  private static final int INPUTS = 50_000;

  /** CDEvents, and last an event for the shape json. */
  private static final List<String> SEEDS =
      List.of(
          Decoding.withCustomData(
              "{\"a\":[1,-2.5e3,true,null,\"x\\n\\u00e9\\ud83d\\ude00\"],\"\u00e9\":{\"b\":{}}}"),
          """
          {"context": {"version": "0.4.1", "id": "1", "source": "/s", "chainId": "c",
            "type": "dev.cdevents.pipelinerun.started.0.2.0", "timestamp": "2026-01-01T00:00:00Z"},
           "subject": {"id": "p", "type": "pipelineRun",
            "content": {"pipelineName": "p", "url": "http://x"}}, "customData": "\u20ac"}
          """,
          "{\"id\": 1712511721.022, \"type\": \"a:b\", \"time\": \"2026-01-01T00:00:00+01:00\"}");

  /** What may stand anywhere in an event, and mostly should not. */
  private static final List<String> TOKENS =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1e999",
          "99999999999999999999",
          "\"\"",
          "{}",
          "[]",
          "[[[[",
          "{\"a\":",
          "}",
          "]",
          ",",
          ":",
          "\"",
          "\\",
          "\\ud800",
          "\\u0000",
          "\0",
          "\ufeff",
          "../",
          "'; DROP TABLE events; --",
          "\"id\":1,",
          "\u00e9",
          "\ud83d\ude00",
          "NaN",
          "/*",
          "\n");

  @Test
  void alwaysGivesAValue() {
    Decoding cdevents = new Decoding("cdevents");
    Decoding json = new Decoding("json");
    Random random = new Random(20_261_121);
    Set<String> reasons = new HashSet<>();
    int events = 0;
    for (int i = 0; i < INPUTS; i++) {
      int seed = random.nextInt(SEEDS.size());
      byte[] bytes = mutated(SEEDS.get(seed), random);
      Decoded decoded = (seed == SEEDS.size() - 1 ? json : cdevents).decode(bytes);
      assertThat(decoded.record().bytes()).isSameAs(bytes);
      if (decoded instanceof Rejected rejected) {
        reasons.add(rejected.reason());
        assertThat(rejected.message()).isNotBlank().doesNotContain("\n");
      } else {
        events += decoded instanceof Event ? 1 : 0;
      }
    }
    // or the mutations would show nothing
    assertThat(events).isBetween(INPUTS / 20, INPUTS / 2);
    assertThat(reasons).containsAll(reachable());
  }

  /** The reasons that these mutations lead to; the others need inputs larger than these. */
  private static List<String> reachable() {
    return EnumSet.complementOf(
            EnumSet.of(Reason.EMPTY, Reason.TOO_DEEP, Reason.STRING_TOO_LONG, Reason.TOO_LARGE))
        .stream()
        .map(reason -> reason.name().toLowerCase(Locale.ROOT))
        .toList();
  }

  private static byte[] mutated(String seed, Random random) {
    byte[] bytes = seed.getBytes(StandardCharsets.UTF_8);
    for (int change = random.nextInt(3); change >= 0 && bytes.length > 0; change--) {
      int at = random.nextInt(bytes.length);
      int to = Math.min(bytes.length, at + random.nextInt(12));
      bytes =
          switch (random.nextInt(8)) {
            case 0 -> spliced(bytes, at, at + 1, new byte[] {(byte) random.nextInt(256)});
            case 1 -> {
              bytes[at] ^= (byte) (1 << random.nextInt(8));
              yield bytes;
            }
            case 2 -> random.nextInt(4) == 0 ? Arrays.copyOf(bytes, at) : bytes;
            case 3 -> spliced(bytes, at, to, new byte[0]);
            case 4 -> spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, to));
            case 5 -> spliced(bytes, at, to, token(random));
            default -> valueReplaced(bytes, at, token(random));
          };
    }
    return bytes;
  }

  private static byte[] token(Random random) {
    return TOKENS.get(random.nextInt(TOKENS.size())).getBytes(StandardCharsets.UTF_8);
  }

  /** Puts a token where the next value stands: a whole value of another type, often. */
  private static byte[] valueReplaced(byte[] bytes, int from, byte[] token) {
    int at = from;
    while (at < bytes.length && bytes[at] != ':') {
      at++;
    }
    int to = at;
    while (to < bytes.length && bytes[to] != ',' && bytes[to] != '}') {
      to++;
    }
    return spliced(bytes, Math.min(at + 1, bytes.length), to, token);
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte[] between) {
    int end = Math.max(from, to);
    byte[] spliced = Arrays.copyOf(bytes, from + between.length + bytes.length - end);
    System.arraycopy(between, 0, spliced, from, between.length);
    System.arraycopy(bytes, end, spliced, from + between.length, bytes.length - end);
    return spliced;
  }
}
