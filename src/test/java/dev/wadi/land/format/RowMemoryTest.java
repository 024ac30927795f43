package dev.wadi.land.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.event.ColumnType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class RowMemoryTest {

  private final RowMemory memory = new RowMemory();

  @Test
  void givesAnArrayAgainThatWasGivenBack() {
    byte[] first = memory.bytes(1000);
    memory.giveBack(first);

    assertThat(memory.bytes(700)).isSameAs(first);
    assertThat(memory.bytes(700)).isNotSameAs(first);
    assertThat(memory.bytes(2000).length).isGreaterThanOrEqualTo(2000);
  }

  @Test
  void clearsBitsAlsoInAnArrayThatWasUsed() {
    byte[] used = memory.bytes(64);
    Arrays.fill(used, (byte) -1);
    memory.giveBack(used);

    assertThat(Arrays.copyOf(memory.zeros(50), 50)).containsOnly(0);
  }

  @Test
  void aFileHasNothingOfTheOneBeforeWhateverTheirSizes() {
    Random random = new Random(5);
    for (int file = 0; file < 50; file++) {
      int count = 1 + random.nextInt(400);
      ColumnBuffer flags = new ColumnBuffer(ColumnType.BOOLEAN, expected(random, count), memory);
      ColumnBuffer texts = new ColumnBuffer(ColumnType.TEXT, expected(random, count), memory);
      List<Boolean> wantedFlags = new ArrayList<>();
      List<String> wantedTexts = new ArrayList<>();
      for (int row = 0; row < count; row++) {
        Boolean flag = random.nextInt(3) == 0 ? null : (Boolean) random.nextBoolean();
        String text = random.nextInt(3) == 0 ? null : "x".repeat(random.nextInt(30)) + row;
        if (flag != null) {
          flags.putBit(row, flag);
        }
        if (text != null) {
          texts.putText(row, text.getBytes(), 0, text.length());
        }
        wantedFlags.add(flag);
        wantedTexts.add(text);
      }
      flags.seal(count);
      texts.seal(count);
      for (int row = 0; row < count; row++) {
        assertThat(bit(flags.validity(), row)).isEqualTo(wantedFlags.get(row) != null);
        assertThat(bit(flags.data(), row)).isEqualTo(Boolean.TRUE.equals(wantedFlags.get(row)));
        assertThat(bit(texts.validity(), row)).isEqualTo(wantedTexts.get(row) != null);
        int from = texts.offsets()[row];
        String text = new String(texts.data(), from, texts.offsets()[row + 1] - from);
        assertThat(text).isEqualTo(wantedTexts.get(row) == null ? "" : wantedTexts.get(row));
      }
      flags.release();
      texts.release();
    }
  }

  private static int expected(Random random, int count) {
    return random.nextBoolean() ? 0 : random.nextInt(count + 1);
  }

  private static boolean bit(byte[] bits, int at) {
    return (bits[at >> 3] & 1 << (at & 7)) != 0;
  }
}
