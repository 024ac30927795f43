package dev.wadi.deduplicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wadi.event.Claims.LandedKey;
import dev.wadi.event.EventKey;
import dev.wadi.event.SetupException;
import dev.wadi.event.TransientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class SegmentLedgerTest {

  @TempDir Path temp;
  private Path folder;
  private SegmentLedger ledger;

  @BeforeEach
  void open() {
    folder = temp.resolve("ledger");
    ledger = SegmentLedger.open(folder, OnDamage.FALL_BACK);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void isEmptyAtFirst() {
    assertThat(ledger.lastCommit()).isNull();
    assertThat(ledger.count()).isZero();
    assertThat(ledger.find(Keys.key(1))).isEmpty();
    assertThat(ledger.findAll(List.of(Keys.key(1)))).isEmpty();
  }

  @Test
  void findsWhatWasAppendedAndNothingElse() {
    ledger.append(Keys.commit(1), Keys.landed(0, 1000));
    ledger.append(Keys.commit(2), Keys.landed(1000, 1500));

    for (int i = 0; i < 1500; i++) {
      assertThat(ledger.find(Keys.key(i))).hasValue(i);
    }
    for (int i = 1500; i < 5000; i++) {
      assertThat(ledger.find(Keys.key(i))).isEmpty();
    }
    assertThat(ledger.lastCommit()).isEqualTo(Keys.commit(2));
    assertThat(ledger.count()).isEqualTo(1500);
  }

  @Test
  void findsManyAtOnce() {
    ledger.append(Keys.commit(1), Keys.landed(0, 1000));
    ledger.append(Keys.commit(2), Keys.landed(1000, 2000));

    Map<EventKey, Long> found =
        ledger.findAll(IntStream.range(500, 9000).mapToObj(Keys::key).toList());

    Map<EventKey, Long> expected = new HashMap<>();
    IntStream.range(500, 2000).forEach(i -> expected.put(Keys.key(i), (long) i));
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void remembersAfterReopening() {
    ledger.append(Keys.commit(1), Keys.landed(0, 1000));
    reopen();

    assertThat(ledger.find(Keys.key(999))).hasValue(999);
    assertThat(ledger.lastCommit()).isEqualTo(Keys.commit(1));
  }

  @Test
  void appendsACommitOnce() {
    ledger.append(Keys.commit(1), Keys.landed(0, 1000));
    ledger.append(Keys.commit(2), Keys.landed(1000, 1100));
    ledger.append(Keys.commit(2), Keys.landed(1000, 1100));
    ledger.append(Keys.commit(1), Keys.landed(0, 1000));

    assertThat(ledger.count()).isEqualTo(1100);
    assertThat(ledger.lastCommit()).isEqualTo(Keys.commit(2));
  }

  @Test
  void addsKeysAheadOfTheirCommits() {
    add(Keys.landed(0, 100));
    assertThat(ledger.lastCommit()).isNull();
    reopen();
    assertThat(ledger.lastCommit()).isNull();
    assertThat(ledger.find(Keys.key(99))).hasValue(99);

    ledger.append(Keys.commit(1), Keys.landed(100, 200));
    add(Keys.landed(200, 300));
    add(Keys.landed(200, 300));
    assertThat(ledger.lastCommit()).isEqualTo(Keys.commit(1));
    reopen();
    assertThat(ledger.lastCommit()).isEqualTo(Keys.commit(1));
    ledger.append(Keys.commit(2), Keys.landed(200, 201));
    assertThat(ledger.findAll(IntStream.range(0, 400).mapToObj(Keys::key).toList())).hasSize(300);
  }

  @Test
  void refusesANewCommitThatIsOlderThanItsLast() {
    ledger.append(Keys.commit(2), Keys.landed(0, 10));

    assertThatThrownBy(() -> ledger.append(Keys.commit(1), Keys.landed(10, 20)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("commit ids must rise");
    assertThat(ledger.find(Keys.key(10))).isEmpty();
  }

  @Test
  void refusesWhatIsNoCommitId() {
    assertThatThrownBy(() -> ledger.append("x".repeat(27), Keys.landed(0, 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(files()).isEmpty();
  }

  @Test
  void remembersACommitThatLandedNothing() {
    ledger.append(Keys.commit(1), List.of());
    reopen();

    assertThat(ledger.lastCommit()).isEqualTo(Keys.commit(1));
    assertThat(ledger.count()).isZero();
  }

  @Test
  void keepsTheNewestHashOfAKeyAlsoWhenItMerges() {
    for (int i = 1; i <= 8; i++) {
      ledger.append(Keys.commit(i), List.of(new LandedKey(Keys.key(1), i)));
      assertThat(ledger.find(Keys.key(1))).hasValue(i);
    }
    await().until(() -> files().size() < 4);

    assertThat(ledger.find(Keys.key(1))).hasValue(8);
    assertThat(ledger.count()).isLessThan(4);
  }

  @Test
  void keepsTheLastOfTwoHashesInOneAppend() {
    ledger.append(
        Keys.commit(1), List.of(new LandedKey(Keys.key(1), 5), new LandedKey(Keys.key(1), 6)));

    assertThat(ledger.find(Keys.key(1))).hasValue(6);
    assertThat(ledger.count()).isEqualTo(1);
  }

  @Test
  void findsKeysThatAreNotEvenlySpread() {
    Random random = new Random(7);
    List<LandedKey> skewed = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      long high = i % 3 == 0 ? -i : random.nextLong() >>> random.nextInt(64);
      skewed.add(new LandedKey(new EventKey(high, i), i));
    }
    skewed.add(new LandedKey(new EventKey(0, 0), 8000));
    skewed.add(new LandedKey(new EventKey(-1, -1), 8001));
    ledger.append(Keys.commit(1), skewed);

    Map<EventKey, Long> expected = new HashMap<>();
    skewed.forEach(one -> expected.put(one.key(), one.payloadHash()));
    expected.forEach((key, hash) -> assertThat(ledger.find(key)).hasValue(hash));
    assertThat(ledger.find(new EventKey(-1, 0))).isEmpty();
    assertThat(ledger.find(new EventKey(0, -1))).isEmpty();
  }

  @Test
  void mergesManyAppendsIntoFewFilesAndLosesNothing() {
    for (int i = 0; i < 300; i++) {
      ledger.append(Keys.commit(i + 1), Keys.landed(i * 50, i * 50 + 50));
    }
    await().until(() -> files().size() < 10);

    reopen();
    Map<EventKey, Long> found =
        ledger.findAll(IntStream.range(0, 20_000).mapToObj(Keys::key).toList());
    assertThat(found).hasSize(15_000);
    assertThat(ledger.count()).isEqualTo(15_000);
    assertThat(ledger.lastCommit()).isEqualTo(Keys.commit(300));
  }

  @Test
  void sweepsAnUnfinishedFile() throws IOException {
    ledger.append(Keys.commit(1), Keys.landed(0, 10));
    ledger.close();
    Files.write(folder.resolve("000000000002-000000000002.seg.tmp"), new byte[100]);
    Files.write(folder.resolve("notes.txt"), new byte[1]);
    reopen();

    assertThat(files()).containsExactly("000000000001-000000000001.seg", "notes.txt");
    assertThat(ledger.lastCommit()).isEqualTo(Keys.commit(1));
  }

  @Test
  void killedBetweenAMergeAndTheDeletionOfItsInputsItDropsThese() throws IOException {
    Path kept = Files.createDirectory(temp.resolve("inputs"));
    for (int i = 1; i <= 4; i++) {
      ledger.append(Keys.commit(i), Keys.landed(i, i + 1));
      if (i < 4) {
        copy(folder.resolve(name(i, i)), kept);
      }
    }
    await().until(() -> files().equals(List.of(name(1, 4))));
    ledger.close();
    for (int i = 1; i < 4; i++) {
      copy(kept.resolve(name(i, i)), folder);
    }
    reopen();

    assertThat(files()).containsExactly(name(1, 4));
    assertThat(ledger.count()).isEqualTo(4);
  }

  @Test
  void usesTheInputsOfAMergeWhoseOutputIsDamaged() throws IOException {
    Path kept = Files.createDirectory(temp.resolve("inputs"));
    for (int i = 1; i <= 3; i++) {
      ledger.append(Keys.commit(i), Keys.landed(i, i + 1));
      copy(folder.resolve(name(i, i)), kept);
    }
    ledger.close();
    Path output = folder.resolve(name(1, 3));
    Files.write(output, new byte[200]);
    reopen();

    assertThat(ledger.findAll(List.of(Keys.key(1), Keys.key(2), Keys.key(3)))).hasSize(3);
    assertThat(ledger.lastCommit()).isEqualTo(Keys.commit(3));
    assertThat(output).doesNotExist();
  }

  @Test
  void fallsBackBehindASegmentThatIsCutShort() throws IOException {
    appendThree();
    Path second = folder.resolve(name(2, 2));
    byte[] bytes = Files.readAllBytes(second);
    for (int length : new int[] {0, 10, bytes.length - 1, bytes.length / 2}) {
      assertFallsBackToTheFirst(second, Arrays.copyOf(bytes, length));
    }
  }

  @Test
  void fallsBackBehindASegmentWithAFlippedByteWhereverItIs() throws IOException {
    appendThree();
    Path second = folder.resolve(name(2, 2));
    byte[] bytes = Files.readAllBytes(second);
    for (int at = 0; at < bytes.length; at += 7) {
      byte[] flipped = bytes.clone();
      flipped[at] ^= 0x10;
      assertFallsBackToTheFirst(second, flipped);
    }
  }

  @Test
  void fallsBackBehindAMissingSegment() throws IOException {
    appendThree();
    Files.delete(folder.resolve(name(1, 1)));
    reopen();

    assertThat(ledger.lastCommit()).isNull();
    assertThat(ledger.findAll(List.of(Keys.key(1), Keys.key(2), Keys.key(3)))).isEmpty();
    ledger.append(Keys.commit(1), Keys.landed(1, 2));
    assertThat(ledger.find(Keys.key(1))).hasValue(1);
  }

  @Test
  void refusesToOpenAndTouchesNothingWhenDamageCannotBeRepaired() throws IOException {
    appendThree();
    Path second = folder.resolve(name(2, 2));
    flip(second);
    List<String> before = files();

    assertThatThrownBy(() -> SegmentLedger.open(folder, OnDamage.REFUSE))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("appends from 2 on are damaged or missing")
        .hasMessageContaining("delete it");
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void stopsWhenALargeSegmentProvesDamagedBehindAndIsRepairedByTheNextStart() throws IOException {
    appendThree();
    flip(folder.resolve(name(2, 2)));
    ledger = SegmentLedger.open(folder, OnDamage.FALL_BACK, 0);

    await().untilAsserted(this::assertRefusesAll);
    reopen();
    assertThat(ledger.lastCommit()).isEqualTo(Keys.commit(1));
  }

  @Test
  void doesNotMergeDamageAway() throws IOException {
    appendThree();
    ledger = SegmentLedger.open(folder, OnDamage.FALL_BACK);
    flip(folder.resolve(name(2, 2)));
    ledger.append(Keys.commit(4), Keys.landed(4, 5));

    await().untilAsserted(this::assertRefusesAll);
    assertThat(files()).doesNotContain(name(1, 4));
    reopen();
    assertThat(ledger.lastCommit()).isEqualTo(Keys.commit(1));
  }

  @Test
  void readsOnWhileItsFilesAreMergedAndDeleted() throws Exception {
    ledger.append(Keys.commit(1), Keys.landed(0, 1000));
    Thread writer =
        new Thread(
            () -> {
              for (int i = 2; i < 200; i++) {
                ledger.append(Keys.commit(i), Keys.landed(i * 1000, i * 1000 + 10));
              }
            });
    writer.start();
    do {
      assertThat(ledger.findAll(IntStream.range(0, 1000).mapToObj(Keys::key).toList()))
          .hasSize(1000);
    } while (writer.isAlive());
    writer.join();
  }

  @Test
  void saysThatTheDiskFailedAndIsWholeAfterwards() throws IOException {
    ledger.append(Keys.commit(1), Keys.landed(0, 10));
    Path elsewhere = temp.resolve("elsewhere");
    Files.move(folder, elsewhere);
    assertThatThrownBy(() -> ledger.append(Keys.commit(2), Keys.landed(10, 20)))
        .isInstanceOf(TransientException.class)
        .hasMessageContaining("can't write to the ledger");
    assertThat(ledger.find(Keys.key(10))).isEmpty();
    Files.move(elsewhere, folder);

    ledger.append(Keys.commit(2), Keys.landed(10, 20));
    reopen();
    assertThat(ledger.count()).isEqualTo(20);
  }

  @Test
  void anInterruptedAppendFailsAndCanBeRepeated() {
    ledger.append(Keys.commit(1), Keys.landed(0, 10));
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> ledger.append(Keys.commit(2), Keys.landed(10, 20)))
        .isInstanceOf(TransientException.class);
    assertThat(Thread.interrupted()).isTrue();

    ledger.append(Keys.commit(2), Keys.landed(10, 20));
    assertThat(ledger.count()).isEqualTo(20);
  }

  @Test
  void anInterruptedReaderReadsAndHarmsNoOther() {
    ledger.append(Keys.commit(1), Keys.landed(0, 10));
    Thread.currentThread().interrupt();
    assertThat(ledger.find(Keys.key(5))).hasValue(5);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(ledger.find(Keys.key(6))).hasValue(6);
  }

  @Test
  void forgetsEverythingWhenCleared() {
    ledger.append(Keys.commit(5), Keys.landed(0, 10));
    ledger.append(Keys.commit(6), Keys.landed(10, 20));
    ledger.clear();

    assertThat(ledger.lastCommit()).isNull();
    assertThat(files()).isEmpty();
    ledger.append(Keys.commit(1), Keys.landed(0, 1));
    assertThat(ledger.count()).isEqualTo(1);
  }

  @Test
  void saysWhatToDoWhenTheFolderCannotBeUsed() throws IOException {
    Path file = Files.write(temp.resolve("file"), new byte[1]);

    assertThatThrownBy(() -> SegmentLedger.open(file, OnDamage.FALL_BACK))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("can't be opened");
  }

  @Test
  void isNotUsedWhenClosed() {
    ledger.close();
    assertThatThrownBy(() -> ledger.find(Keys.key(1))).isInstanceOf(IllegalStateException.class);
  }

  private void add(List<LandedKey> landed) {
    KeyArrays keys = KeyArrays.ofLanded(landed);
    ledger.add(keys.highs(), keys.lows(), keys.hashes(), keys.count());
  }

  private void appendThree() {
    for (int i = 1; i <= 3; i++) {
      ledger.append(Keys.commit(i), Keys.landed(i, i + 1));
    }
    ledger.close();
  }

  private void assertFallsBackToTheFirst(Path damaged, byte[] content) throws IOException {
    Path work = Files.createTempDirectory(temp, "copy");
    for (String name : files()) {
      copy(folder.resolve(name), work);
    }
    Files.write(work.resolve(damaged.getFileName()), content);
    try (SegmentLedger opened = SegmentLedger.open(work, OnDamage.FALL_BACK)) {
      assertThat(opened.lastCommit()).isEqualTo(Keys.commit(1));
      assertThat(opened.find(Keys.key(3))).isEmpty();
      opened.append(Keys.commit(2), Keys.landed(2, 3));
      opened.append(Keys.commit(3), Keys.landed(3, 4));
    }
    try (SegmentLedger opened = SegmentLedger.open(work, OnDamage.FALL_BACK)) {
      assertThat(opened.findAll(List.of(Keys.key(1), Keys.key(2), Keys.key(3)))).hasSize(3);
    }
  }

  private void assertRefusesAll() {
    assertThatThrownBy(() -> ledger.find(Keys.key(1)))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("start again");
    assertThatThrownBy(() -> ledger.append(Keys.commit(9), List.of()))
        .isInstanceOf(SetupException.class);
  }

  private void reopen() {
    ledger.close();
    ledger = SegmentLedger.open(folder, OnDamage.FALL_BACK);
  }

  private List<String> files() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String name(int from, int to) {
    return new SegmentRange(from, to).fileName();
  }

  private static void copy(Path file, Path to) throws IOException {
    Files.copy(file, to.resolve(file.getFileName()));
  }

  // the first byte of the records, behind the one block of the bloom filter
  private static void flip(Path segment) throws IOException {
    byte[] bytes = Files.readAllBytes(segment);
    bytes[BloomBlock.BYTES] ^= 1;
    Files.write(segment, bytes);
  }
}
