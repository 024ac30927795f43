package dev.wadi.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class RecentCommitsTest {

  private final RecentCommits commits = new RecentCommits();

  @Test
  void keepsTheLatestTwentyAndCountsTheFilesOfAll() {
    for (int i = 1; i <= 25; i++) {
      commits.committed(
          new RecentCommits.Commit("c" + i, Instant.EPOCH, 10, 2, 100, Duration.ofSeconds(1)));
    }

    assertThat(commits.latestFirst()).hasSize(20);
    assertThat(commits.latestFirst().get(0).id()).isEqualTo("c25");
    assertThat(commits.latestFirst().get(19).id()).isEqualTo("c6");
    assertThat(commits.files()).isEqualTo(50);
  }
}
