package dev.wadi.deduplicate;

import java.io.IOException;
import java.util.List;

/**
 * Looks for many keys in all segments: one segment after the other, the newest first, and in the
 * order of the keys, so that each filter and file is walked through once.
 */
final class SegmentSearch {

  private final long[] hashes;
  private final boolean[] found;

  /** The keys that are yet to be found, in their order, and which of those asked for they are. */
  private final long[] highs;

  private final long[] lows;
  private final int[] asked;
  private int count;

  SegmentSearch(long[] highs, long[] lows, int count, long[] hashes, boolean[] found) {
    this.hashes = hashes;
    this.found = found;
    this.count = count;
    this.asked = SortedKeys.order(highs, lows, count);
    this.highs = new long[count];
    this.lows = new long[count];
    for (int i = 0; i < count; i++) {
      this.highs[i] = highs[asked[i]];
      this.lows[i] = lows[asked[i]];
    }
  }

  /**
   * Looks in these segments. After an error it can be run again with others that have the same
   * keys.
   *
   * @param segments oldest first
   */
  void run(List<Segment> segments) throws IOException {
    for (int i = segments.size() - 1; i >= 0 && count > 0; i--) {
      if (segments.get(i).count() > 0) {
        look(segments.get(i));
      }
    }
  }

  private void look(Segment segment) throws IOException {
    int[] candidates = new int[count];
    int passed = segment.mayHave(highs, lows, count, candidates);
    if (passed > 0) {
      read(segment, candidates, passed);
    }
  }

  private void read(Segment segment, int[] candidates, int passed) throws IOException {
    boolean any = false;
    try (SegmentReader reader = new SegmentReader(segment)) {
      for (int i = 0; i < passed; i++) {
        int key = candidates[i];
        if (reader.find(highs[key], lows[key])) {
          hashes[asked[key]] = reader.payloadHash();
          found[asked[key]] = true;
          any = true;
        }
      }
    }
    if (any) {
      leaveOutWhatIsFound();
    }
  }

  private void leaveOutWhatIsFound() {
    int left = 0;
    for (int i = 0; i < count; i++) {
      if (!found[asked[i]]) {
        highs[left] = highs[i];
        lows[left] = lows[i];
        asked[left] = asked[i];
        left++;
      }
    }
    count = left;
  }
}
