package dev.wadi.land;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  void exceedsAllOfALakeThoughAnotherClockIsAhead(@TempDir Path folder) {
    FolderLakeStore store = new FolderLakeStore(folder);
    CommitLog log = new CommitLog(store);
    assertThat(CommitIds.behindAll(log, STOPPED, new Random(1)).next())
        .startsWith(new CommitIds(STOPPED, new Random(1), null).next().substring(0, 8));
    Clock ahead = Clock.offset(STOPPED, Duration.ofMinutes(5));
    for (Clock clock : List.of(Clock.offset(STOPPED, Duration.ofHours(-1)), ahead, STOPPED)) {
      String commit = new CommitIds(clock, new Random(2), null).next();
      store.putIfAbsent("_wadi/commits/" + commit + ".json", new byte[0]);
    }
    assertThat(CommitIds.behindAll(log, STOPPED, new Random(3)).next())
        .isGreaterThan(new CommitIds(ahead, new Random(2), null).next());
  }

  @Test
  void beginsWithTheTime() {
    assertThat(new CommitIds(STOPPED, new Random(1), null).next())
        .hasSize(26)
        .startsWith(new CommitIds(STOPPED, new Random(9), null).next().substring(0, 10));
  }
}
