package dev.wadi.deduplicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.SetupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class DerivedLedgerTest {

  @TempDir Path data;
  private Path folder;

  @BeforeEach
  void fill() {
    folder = data.resolve("ledger");
    try (Ledger ledger = DerivedLedger.open(folder)) {
      ledger.append(Keys.commit(1), Keys.landed(0, 10));
      ledger.append(Keys.commit(2), Keys.landed(10, 20));
    }
  }

  @Test
  void isReplacedByWhatWasFilled() {
    DerivedLedger.rebuild(
        folder,
        ledger -> {
          assertThat(ledger.count()).isZero();
          ledger.append(Keys.commit(3), Keys.landed(100, 105));
        });

    assertHas(5, Keys.commit(3));
    assertThat(names()).containsExactly("ledger");
  }

  @Test
  void canBeMadeWhereThereIsNone() {
    Path none = data.resolve("none");
    DerivedLedger.rebuild(none, ledger -> ledger.append(Keys.commit(1), Keys.landed(0, 3)));

    assertThat(LedgerStatus.of(none).keys()).isEqualTo(3);
  }

  @Test
  void staysAsItIsWhenTheFillingFailsAndTheNextOpeningSweeps() {
    assertThatThrownBy(
            () ->
                DerivedLedger.rebuild(
                    folder,
                    ledger -> {
                      ledger.append(Keys.commit(1), Keys.landed(0, 1));
                      throw new IllegalStateException("killed");
                    }))
        .hasMessage("killed");
    assertThat(names()).containsExactly("ledger", "ledger.rebuilding");

    assertHas(20, Keys.commit(2));
    assertThat(names()).containsExactly("ledger");
  }

  @Test
  void isTheNewOneWhereverItIsKilledOnceThatIsWhole() throws IOException {
    Path rebuilt = data.resolve("ledger.rebuilt");
    try (Ledger ledger = SegmentLedger.open(rebuilt, OnDamage.FALL_BACK)) {
      ledger.append(Keys.commit(3), Keys.landed(100, 105));
    }
    // part of the old one is deleted
    try (Stream<Path> files = Files.list(folder)) {
      Files.delete(files.findFirst().orElseThrow());
    }

    assertHas(5, Keys.commit(3));
    assertThat(names()).containsExactly("ledger");
  }

  @Test
  void saysWhatToDoWhenTheFolderCannotBeReplaced() throws IOException {
    Files.createDirectories(data.resolve("ledger.rebuilt"));
    Files.createDirectories(folder.resolve("a folder/with a folder"));

    assertThatThrownBy(() -> DerivedLedger.open(folder))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("can't be replaced");
  }

  private void assertHas(long keys, String lastCommit) {
    try (Ledger ledger = DerivedLedger.open(folder)) {
      assertThat(ledger.count()).isEqualTo(keys);
      assertThat(ledger.lastCommit()).isEqualTo(lastCommit);
    }
    LedgerStatus status = LedgerStatus.of(folder);
    assertThat(status.keys()).isEqualTo(keys);
    assertThat(status.lastCommit()).isEqualTo(lastCommit);
  }

  private List<String> names() {
    try (Stream<Path> files = Files.list(data)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
