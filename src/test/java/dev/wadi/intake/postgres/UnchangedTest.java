package dev.wadi.intake.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class UnchangedTest {

  private final Unchanged unchanged = Unchanged.random();
  private final byte[] bytes = unchanged.text().getBytes(StandardCharsets.UTF_8);

  @Test
  void knowsTheTextInEveryFormThatDebeziumGivesIt() {
    assertThat(
            List.<Object>of(
                unchanged.text(),
                Base64.getEncoder().encodeToString(bytes),
                bytes,
                ByteBuffer.wrap(bytes),
                List.of(unchanged.text()),
                List.of(UUID.nameUUIDFromBytes(bytes).toString()),
                IntStream.range(0, bytes.length).mapToObj(i -> (int) bytes[i]).toList(),
                IntStream.range(0, bytes.length).mapToObj(i -> (long) bytes[i]).toList(),
                Map.of(unchanged.text(), unchanged.text()),
                "{\"" + unchanged.text() + "\":\"" + unchanged.text() + "\"}"))
        .allMatch(unchanged::is);
  }

  @Test
  void takesNothingElseForIt() {
    assertThat(
            List.<Object>of(
                Unchanged.random().text(), "", 1, List.of(), List.of("x"), Map.of(), new byte[0]))
        .noneMatch(unchanged::is);
    assertThat(unchanged.is(null)).isFalse();
  }
}
