package dev.wadi.deduplicate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class MergePolicyTest {

  @Test
  void leavesAFewSegmentsAlone() {
    assertThat(MergePolicy.due(new long[] {})).isEqualTo(-1);
    assertThat(MergePolicy.due(new long[] {10, 10, 10})).isEqualTo(-1);
    assertThat(MergePolicy.due(new long[] {900_000, 10, 10, 10})).isEqualTo(-1);
  }

  @Test
  void mergesFourOfATierAndNoLargerOne() {
    assertThat(MergePolicy.due(new long[] {900_000, 10, 20, 30, 10})).isEqualTo(1);
  }

  @Test
  void takesTheSmallerAndNewerOnesAlong() {
    assertThat(MergePolicy.due(new long[] {50_000, 50_000, 9, 50_000, 50_000, 10, 10}))
        .isEqualTo(0);
  }

  @Test
  void keepsSegmentsFewAndWritesAKeyNoMoreThanOnceATier() {
    List<Long> counts = new ArrayList<>();
    long written = 0;
    int most = 0;
    for (int append = 0; append < 3000; append++) {
      counts.add(10_000L);
      written += 10_000;
      for (int due = due(counts); due >= 0; due = due(counts)) {
        List<Long> inputs = counts.subList(due, counts.size());
        long merged = inputs.stream().mapToLong(Long::longValue).sum();
        inputs.clear();
        counts.add(merged);
        written += merged;
      }
      most = Math.max(most, counts.size());
    }
    assertThat(most).isLessThan(22);
    assertThat(written).isLessThan(30_000_000L * 8);
  }

  private static int due(List<Long> counts) {
    return MergePolicy.due(counts.stream().mapToLong(Long::longValue).toArray());
  }
}
