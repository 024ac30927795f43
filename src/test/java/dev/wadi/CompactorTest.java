package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.SetupException;
import dev.wadi.lake.LakeFixture;
import dev.wadi.lake.Verification;
import dev.wadi.land.compact.CompactionReport;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class CompactorTest {

  @TempDir Path data;
  private LakeFixture lake;

  @BeforeEach
  void makeLake() {
    lake = new LakeFixture(data);
    lake.commit(1).event("a", "1").write();
    lake.commit(2).event("b", "1").write();
  }

  @Test
  void joinsTheFilesOfTheLocalLakeBesideAWriter() throws Exception {
    try (DataFolder writer = DataFolder.lock(data)) {
      CompactionReport report = compactor("0s").run(() -> false);

      assertThat(report.filesBefore()).isEqualTo(2);
      assertThat(report.filesAfter()).isEqualTo(1);
      assertThat(report.filesDeleted()).isEqualTo(2);
      assertThat(new Verification(lake.folder(), true).run().ok()).isTrue();
      assertThat(writer.state("compact")).doesNotExist();
    }
  }

  @Test
  void keepsWhatItReplacedAsLongAsIsSet() throws Exception {
    assertThat(compactor("1h").run(() -> false).filesDeleted()).isZero();
    assertThat(compactor("0s").run(() -> false).filesDeleted()).isEqualTo(2);
  }

  @Test
  void doesNotRunTwiceAtATime() throws Exception {
    try (DataFolder other = DataFolder.lockForCompaction(data)) {
      assertThatThrownBy(() -> compactor("0s").run(() -> false))
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("is being compacted by another wadi");
      assertThat(other.state("compact.lock")).exists();
    }
    assertThat(compactor("0s").run(() -> false).ok()).isTrue();
  }

  private Compactor compactor(String keep) {
    return new Compactor(
        Settings.load("local", Map.of(Setting.COMPACT_KEEP.property(), keep), null),
        data,
        Clock.systemUTC());
  }
}
