package dev.wadi.deduplicate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.event.EventKey;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches against a map, with keys of every kind of spread. */
@Tag("unit")
class SegmentSearchTest {

  @TempDir Path folder;

  @Test
  void findsInBatchesWhatAMapWouldFind() {
    for (int seed = 0; seed < 12; seed++) {
      Random random = new Random(seed);
      Map<EventKey, Long> expected = new HashMap<>();
      Path path = folder.resolve("ledger-" + seed);
      try (SegmentLedger ledger = SegmentLedger.open(path, OnDamage.FALL_BACK)) {
        for (int commit = 1; commit <= 12; commit++) {
          int count = random.nextInt(20_000);
          long[] highs = new long[count];
          long[] lows = new long[count];
          long[] hashes = new long[count];
          boolean[] found = new boolean[count];
          fill(random, seed % 4, highs, lows, hashes);

          ledger.find(highs, lows, count, hashes, found);
          for (int i = 0; i < count; i++) {
            Long known = expected.get(new EventKey(highs[i], lows[i]));
            assertThat(found[i]).as("seed %d, key %d", seed, i).isEqualTo(known != null);
            assertThat(hashes[i]).isEqualTo(known == null ? -i : known);
          }
          ledger.append(Keys.commit(commit), highs, lows, hashes, count);
          for (int i = 0; i < count; i++) {
            expected.put(new EventKey(highs[i], lows[i]), hashes[i]);
          }
        }
        Map<EventKey, Long> all = ledger.findAll(expected.keySet());
        assertThat(all.equals(expected)).as("all of seed " + seed).isTrue();
      }
    }
  }

  /** Spread evenly, all at one end, all with the same first half, or from a small set. */
  private static void fill(Random random, int kind, long[] highs, long[] lows, long[] hashes) {
    for (int i = 0; i < highs.length; i++) {
      highs[i] =
          switch (kind) {
            case 0 -> random.nextLong();
            case 1 -> random.nextInt(1 << 20) - (1 << 19);
            case 2 -> 7;
            default -> EventKey.of("test", "" + random.nextInt(30_000)).high();
          };
      lows[i] = kind == 3 ? highs[i] : random.nextInt(50_000) - 25_000;
      hashes[i] = -i;
    }
  }

  @Test
  void anArrayMayBeLongerThanItsKeys() {
    try (SegmentLedger ledger = SegmentLedger.open(folder, OnDamage.FALL_BACK)) {
      ledger.append("1", new long[] {1, 2, 3}, new long[3], new long[] {7, 8, 9}, 2);
      long[] hashes = new long[4];
      boolean[] found = new boolean[4];
      ledger.find(new long[] {3, 2, 1, 1}, new long[4], 3, hashes, found);

      assertThat(found).containsExactly(false, true, true, false);
      assertThat(hashes).containsExactly(0, 8, 7, 0);
    }
  }

  @Test
  void keysAreOrderedAsUnsignedNumbersAndEqualOnesStayInOrder() {
    Random random = new Random(1);
    for (int count : new int[] {0, 1, 2, 3, 30, 1000, 100_000}) {
      for (int kind = 0; kind < 3; kind++) {
        long[] highs = new long[count];
        long[] lows = new long[count];
        fill(random, kind, highs, lows, new long[count]);
        for (int i = 0; i < count / 10; i++) {
          highs[random.nextInt(count)] = highs[0];
        }

        List<Integer> expected =
            IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparing(i -> new EventKey(highs[i], lows[i])))
                .toList();
        assertThat(Arrays.stream(SortedKeys.order(highs, lows, count)).boxed().toList())
            .isEqualTo(expected);
      }
    }
  }
}
