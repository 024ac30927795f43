package dev.wadi.land.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.land.Manifest.LandedFile;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class PlannerTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Duration NO_AGE = Duration.ZERO;

  private final List<LandedFile> files = new ArrayList<>();

  @Test
  void joinsSmallFilesOfOnePartitionTheOldestFirst() {
    add("events/a/", 1, 10);
    add("events/a/", 3, 10);
    add("events/b/", 2, 10);

    List<SmallFiles> plan = planner(100, 2, NO_AGE).plan(files, NOW);

    assertThat(plan).hasSize(1);
    assertThat(plan.get(0).folder()).isEqualTo("events/a/");
    assertThat(plan.get(0).files()).containsExactly(files.get(1), files.get(0));
    assertThat(plan.get(0).bytes()).isEqualTo(20);
  }

  @Test
  void leavesWhatIsHalfAsLargeAsTheTarget() {
    add("events/a/", 1, 50);
    add("events/a/", 2, 49);
    add("events/a/", 3, 200);

    assertThat(planner(100, 2, NO_AGE).plan(files, NOW)).isEmpty();
  }

  @Test
  void leavesAPartitionWithFewFiles() {
    add("events/a/", 1, 10);
    add("events/a/", 2, 10);

    assertThat(planner(100, 3, NO_AGE).plan(files, NOW)).isEmpty();
  }

  @Test
  void leavesWhatIsTooYoung() {
    add("events/a/", 10, 10);
    add("events/a/", 9, 10);
    add("events/a/", 1, 10);

    List<SmallFiles> plan = planner(100, 2, Duration.ofMinutes(9)).plan(files, NOW);

    assertThat(plan).hasSize(1);
    assertThat(plan.get(0).files()).containsExactly(files.get(0), files.get(1));
  }

  @Test
  void keepsFormatsApart() {
    add("events/a/", 1, 10);
    add("events/a/", 2, 10);
    for (int minutes : new int[] {3, 4}) {
      LandedFile parquet = file("events/a/", minutes, 10);
      files.add(
          new LandedFile("events", parquet.key().replace("parquet", "jsonl.zst"), 1, 10, "00"));
    }

    assertThat(planner(100, 2, NO_AGE).plan(files, NOW))
        .extracting(SmallFiles::extension)
        .containsExactly("jsonl.zst", "parquet");
  }

  @Test
  void takesNoMoreThanAFewTargetsInOneStep() {
    for (int n = 0; n < 20; n++) {
      add("events/a/", n, 40);
    }

    assertThat(planner(100, 2, NO_AGE).plan(files, NOW).get(0).files()).hasSize(10);
  }

  @Test
  void takesNoMoreThanAThousandFilesInOneStep() {
    for (int n = 0; n < 1200; n++) {
      add("events/a/", n, 1);
    }

    assertThat(planner(1_000_000, 2, NO_AGE).plan(files, NOW).get(0).files()).hasSize(1000);
  }

  @Test
  void needsTwoFilesToJoinAny() {
    assertThatThrownBy(() -> planner(100, 1, NO_AGE)).isInstanceOf(IllegalArgumentException.class);
  }

  private void add(String folder, int minutesAgo, long bytes) {
    files.add(file(folder, minutesAgo, bytes));
  }

  private static LandedFile file(String folder, int minutesAgo, long bytes) {
    Clock then = Clock.fixed(NOW.minus(Duration.ofMinutes(minutesAgo)), ZoneOffset.UTC);
    String commit = new dev.wadi.land.CommitIds(then, new SplittableRandom(bytes), null).next();
    return new LandedFile("events", folder + commit + "-0.parquet", 1, bytes, "00");
  }

  private static Planner planner(long targetBytes, int minFiles, Duration minAge) {
    return new Planner(new CompactionLimits(targetBytes, minFiles, minAge, Duration.ZERO));
  }
}
