package dev.wadi.land;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class CommitIdsTest {

  private static final Clock STOPPED =
      Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

  @Test
  void risesWithinOneMillisecond() {
    CommitIds ids = new CommitIds(STOPPED, new Random(1), null);
    assertThat(Stream.generate(ids::next).limit(1_000)).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void exceedsTheLastIdOfTheLakeThoughTheClockWentBack() {
    String last = new CommitIds(STOPPED, new Random(1), null).next();
    Clock back = Clock.fixed(Instant.parse("2020-01-01T00:00:00Z"), ZoneOffset.UTC);
    assertThat(new CommitIds(back, new Random(2), last).next()).isGreaterThan(last);
  }

  @Test
  void beginsWithTheTime() {
    assertThat(new CommitIds(STOPPED, new Random(1), null).next())
        .hasSize(26)
        .startsWith(new CommitIds(STOPPED, new Random(9), null).next().substring(0, 10));
  }
}
