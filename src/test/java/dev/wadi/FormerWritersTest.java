package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormerWritersTest {

  @TempDir Path folder;

  @Test
  void remembersAllThatDiedBeforeTheyHadSettledWhatOthersLeft() {
    try (DataFolder data = DataFolder.lock(folder)) {
      assertThat(FormerWriters.join(data, "first/1").ended()).isEmpty();
      assertThat(FormerWriters.join(data, "second/2").ended()).containsExactly("first/1");
      assertThat(FormerWriters.join(data, "third/3").ended())
          .containsExactlyInAnyOrder("first/1", "second/2");
    }
  }

  @Test
  void forgetsThemOnceAllIsSettled() {
    try (DataFolder data = DataFolder.lock(folder)) {
      FormerWriters.join(data, "first/1").settled();
      FormerWriters.join(data, "second/2").settled();
      assertThat(FormerWriters.join(data, "third/3").ended()).containsExactly("second/2");
    }
  }
}
