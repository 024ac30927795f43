package dev.wadi.deduplicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.SetupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class LedgerStatusTest {

  @TempDir Path folder;

  @Test
  void isEmptyWhereThereIsNoLedger() {
    LedgerStatus none = new LedgerStatus(0, 0, 0, null);
    assertThat(LedgerStatus.of(folder)).isEqualTo(none);
    assertThat(LedgerStatus.of(folder.resolve("none"))).isEqualTo(none);
  }

  @Test
  void countsWhatIsThereAndTouchesNothing() throws IOException {
    segment(1, 1, 0, 100);
    segment(2, 2, 100, 150);
    Files.write(folder.resolve("000000000003-000000000003.seg.tmp"), new byte[7]);

    assertThat(LedgerStatus.of(folder)).isEqualTo(new LedgerStatus(150, 2, bytes(), commit(2)));
    assertThat(names()).hasSize(3);
  }

  @Test
  void countsNeitherTheInputsOfAMergeNorItsOutputTwice() throws IOException {
    segment(1, 1, 0, 100);
    segment(2, 2, 100, 150);
    segment(1, 2, 0, 150);
    segment(3, 3, 150, 151);

    LedgerStatus status = LedgerStatus.of(folder);
    assertThat(status.keys()).isEqualTo(151);
    assertThat(status.segments()).isEqualTo(2);
    assertThat(status.lastCommit()).isEqualTo(commit(3));
  }

  @Test
  void knowsNoCommitWhileOnlyKeysAheadOfOneAreThere() {
    try (SegmentLedger ledger = SegmentLedger.open(folder, OnDamage.FALL_BACK)) {
      ledger.add(new long[] {1}, new long[] {2}, new long[] {3}, 1);
    }
    assertThat(LedgerStatus.of(folder).keys()).isEqualTo(1);
    assertThat(LedgerStatus.of(folder).lastCommit()).isNull();
  }

  @Test
  void saysWhichFileIsDamagedAndWhatToDo() throws IOException {
    segment(1, 1, 0, 100);
    Path file = folder.resolve(new SegmentRange(1, 1).fileName());
    Files.write(file, new byte[100]);

    assertThatThrownBy(() -> LedgerStatus.of(folder))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining(file.getFileName() + " is damaged")
        .hasMessageEndingWith("make it anew with wadi ledger rebuild");
  }

  @Test
  void canBeAskedWhileTheLedgerIsWrittenAndMerged() throws Exception {
    try (SegmentLedger ledger = SegmentLedger.open(folder, OnDamage.FALL_BACK)) {
      Thread writer =
          new Thread(
              () -> {
                for (int i = 1; i < 200; i++) {
                  ledger.append(Keys.commit(i), Keys.landed(i * 10, i * 10 + 10));
                }
              });
      writer.start();
      long before = 0;
      while (writer.isAlive()) {
        long keys = LedgerStatus.of(folder).keys();
        assertThat(keys).isGreaterThanOrEqualTo(before);
        before = keys;
      }
      writer.join();
      assertThat(LedgerStatus.of(folder).keys()).isEqualTo(1990);
    }
  }

  private void segment(int first, int last, int from, int to) throws IOException {
    TreeSet<dev.wadi.event.EventKey> keys = new TreeSet<>();
    IntStream.range(from, to).forEach(i -> keys.add(Keys.key(i)));
    try (SegmentWriter writer =
        new SegmentWriter(folder, new SegmentRange(first, last), keys.size())) {
      for (dev.wadi.event.EventKey key : keys) {
        writer.add(key.high(), key.low(), 0);
      }
      writer.finish(commit(last));
    }
  }

  private static String commit(int number) {
    return Keys.commit(number);
  }

  private long bytes() throws IOException {
    TreeMap<String, Long> sizes = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        sizes.put(file.toString(), Files.size(file));
      }
    }
    return sizes.entrySet().stream()
        .filter(file -> file.getKey().endsWith(".seg"))
        .mapToLong(java.util.Map.Entry::getValue)
        .sum();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).toList();
    }
  }
}
