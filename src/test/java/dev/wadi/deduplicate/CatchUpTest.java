package dev.wadi.deduplicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.Claims.LandedKey;
import dev.wadi.event.EventKey;
import dev.wadi.event.Lines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class CatchUpTest {

  @TempDir Path folder;
  private final Lake lake = new Lake();
  private final LedgerInMemory ledger = new LedgerInMemory();
  private Instant now = Instant.EPOCH;
  private final InstantSource hurrying = () -> now = now.plus(Duration.ofSeconds(4));
  private final CatchUp catchUp = new CatchUp(lake, hurrying.withZone(ZoneOffset.UTC));

  @Test
  void rebuildsALedgerThatIsGone() {
    lake.commit(1, Keys.landed(0, 10));
    lake.commit(2, Keys.landed(10, 20));
    lake.commit(3, List.of());

    assertThat(catchUp.ledger(ledger)).isEqualTo(3);
    assertThat(ledger.count()).isEqualTo(20);
    assertThat(ledger.find(Keys.key(15))).hasValue(15);
    assertThat(ledger.lastCommit()).isEqualTo(Keys.commit(3));
  }

  @Test
  void readsOnlyTheCommitsSinceTheLast() {
    lake.commit(1, Keys.landed(0, 10));
    catchUp.ledger(ledger);
    lake.commit(2, Keys.landed(10, 20));
    lake.read.clear();

    assertThat(catchUp.ledger(ledger)).isEqualTo(1);
    assertThat(lake.read).containsExactly(Keys.commit(2));
    assertThat(catchUp.ledger(ledger)).isZero();
    assertThat(ledger.count()).isEqualTo(20);
  }

  @Test
  void appendsSmallCommitsTogetherAndLargeOnesAlone() {
    lake.commit(1, Keys.landed(0, 10));
    lake.commit(2, Keys.landed(10, 20));
    lake.commit(3, Keys.landed(20, 250_000));
    lake.commit(4, Keys.landed(250_000, 250_010));
    catchUp.ledger(ledger);

    assertThat(ledger.commits).containsExactly(Keys.commit(3), Keys.commit(4));
    assertThat(ledger.count()).isEqualTo(250_010);
  }

  @Test
  void forgetsWhatLandedInAnotherLake() {
    ledger.append(Keys.commit(9), Keys.landed(900, 910));
    lake.commit(1, Keys.landed(0, 10));
    catchUp.ledger(ledger);

    assertThat(ledger.find(Keys.key(900))).isEmpty();
    assertThat(ledger.count()).isEqualTo(10);
    assertThat(ledger.lastCommit()).isEqualTo(Keys.commit(1));
  }

  @Test
  void forgetsWhatLandedInALakeThatIsEmptyNow() {
    ledger.append(Keys.commit(9), Keys.landed(900, 910));

    assertThat(catchUp.ledger(ledger)).isZero();
    assertThat(ledger.count()).isZero();
  }

  @Test
  void bringsBackWhatADamagedSegmentHad() throws Exception {
    for (int i = 1; i <= 3; i++) {
      lake.commit(i, Keys.landed(i * 10, i * 10 + 10));
    }
    try (SegmentLedger disk = SegmentLedger.open(folder, OnDamage.FALL_BACK)) {
      for (int i = 1; i <= 3; i++) {
        disk.append(Keys.commit(i), lake.commits.get(Keys.commit(i)));
      }
    }
    Files.write(folder.resolve(new SegmentRange(2, 2).fileName()), new byte[100]);

    try (SegmentLedger disk = SegmentLedger.open(folder, OnDamage.FALL_BACK)) {
      assertThat(catchUp.ledger(disk)).isEqualTo(2);
      assertThat(disk.findAll(keysUpTo(50))).hasSize(30);
    }
  }

  @Test
  void bringsTheDeliveriesUpToDate() {
    DeliveryLog log = new DeliveryLog(ledger);
    lake.commit(1, List.of());
    lake.deliveries.put(Keys.commit(1), Map.of("sqs:events", List.of("m1", "m2")));
    lake.commit(2, List.of());
    lake.deliveries.put(Keys.commit(2), Map.of("sqs:other", List.of("m3")));

    lake.parts.put(
        Keys.commit(1), Map.of("kinesis:events", List.of(new Lines.Part("s-1", null, "10"))));
    lake.parts.put(
        Keys.commit(2), Map.of("kinesis:events", List.of(new Lines.Part("s-1", "10", "20"))));
    LineLog lines = LineLog.open(folder.resolve("lines.json"));

    assertThat(catchUp.deliveries(log, lines)).isEqualTo(2);
    assertThat(lines.begin("kinesis:events", "s-1")).contains("20");
    assertThat(lines.begin("kinesis:events", "s-2")).isEmpty();
    assertThat(log.isCommitted("sqs:events", "m2")).isTrue();
    assertThat(log.isCommitted("sqs:other", "m2")).isFalse();
    assertThat(log.isCommitted("sqs:other", "m3")).isTrue();
  }

  @Test
  void readsWhatWasJoinedBeforeItAppendsACommit() {
    lake.commit(1, Keys.landed(0, 10));
    lake.commit(2, List.of());
    lake.joined.addAll(Keys.landed(10, 250_000));
    catchUp.ledger(ledger);

    assertThat(ledger.count()).isEqualTo(250_000);
    assertThat(ledger.lastCommit()).isEqualTo(Keys.commit(2));
    assertThat(lake.askedAfter).containsExactly((String) null);
  }

  @Test
  void readsAgainWhatWasJoinedIfItWasKilledInBetween() throws Exception {
    lake.commit(1, List.of());
    lake.commit(2, List.of());
    lake.joined.addAll(Keys.landed(0, 300_000));
    lake.killedAfter = 250_000;
    try (SegmentLedger disk = SegmentLedger.open(folder, OnDamage.FALL_BACK)) {
      assertThatThrownBy(() -> catchUp.ledger(disk)).hasMessage("killed");
      assertThat(disk.lastCommit()).isNull();
    }

    lake.killedAfter = Integer.MAX_VALUE;
    try (SegmentLedger disk = SegmentLedger.open(folder, OnDamage.FALL_BACK)) {
      catchUp.ledger(disk);
      assertThat(disk.findAll(keysUpTo(300_000))).hasSize(300_000);
      assertThat(disk.lastCommit()).isEqualTo(Keys.commit(2));
    }
  }

  @Test
  void aCommitThatIsTooLargeToBeHeldIsThereWhollyOrIsReadAgain() throws Exception {
    lake.commit(1, Keys.landed(0, 10));
    lake.commit(2, Keys.landed(10, 500_000));
    lake.commit(3, Keys.landed(500_000, 500_010));
    lake.killedAfter = 450_000;
    try (SegmentLedger disk = SegmentLedger.open(folder, OnDamage.FALL_BACK)) {
      assertThatThrownBy(() -> catchUp.ledger(disk)).hasMessage("killed");
      assertThat(disk.count()).isEqualTo(400_000);
      assertThat(disk.lastCommit()).isNull();
    }

    lake.killedAfter = Integer.MAX_VALUE;
    try (SegmentLedger disk = SegmentLedger.open(folder, OnDamage.FALL_BACK)) {
      assertThat(catchUp.ledger(disk)).isEqualTo(3);
      assertThat(disk.findAll(keysUpTo(600_000))).hasSize(500_010);
      assertThat(disk.lastCommit()).isEqualTo(Keys.commit(3));
    }
  }

  @Test
  void reportsHowFarItIs() {
    List<String> reports = new ArrayList<>();
    CatchUp reporting =
        new CatchUp(
            lake,
            hurrying.withZone(ZoneOffset.UTC),
            Duration.ofSeconds(1),
            (name, keys, done, missing) -> reports.add(name + " " + keys + " " + done + missing));
    lake.joined.addAll(Keys.landed(0, 250_000));
    lake.commit(1, Keys.landed(250_000, 250_010));
    lake.commit(2, Keys.landed(300_000, 510_000));
    reporting.ledger(ledger);

    assertThat(reports)
        .containsExactly(
            "the ledger 200000 00",
            "the ledger 250000 12",
            "the ledger 450000 12",
            "the ledger 460010 22");
  }

  private static List<EventKey> keysUpTo(int count) {
    return Keys.landed(0, count).stream().map(LandedKey::key).toList();
  }

  private static final class Lake implements LandedCommits {

    private final TreeMap<String, List<LandedKey>> commits = new TreeMap<>();
    private final Map<String, Map<String, List<String>>> deliveries = new TreeMap<>();
    private final Map<String, Map<String, List<Lines.Part>>> parts = new TreeMap<>();
    private final List<String> read = new ArrayList<>();
    private final List<LandedKey> joined = new ArrayList<>();
    private final List<String> askedAfter = new ArrayList<>();
    private int killedAfter = Integer.MAX_VALUE;
    private int given;

    void commit(int number, List<LandedKey> landed) {
      commits.put(Keys.commit(number), landed);
    }

    @Override
    public boolean has(String commit) {
      return commits.containsKey(commit);
    }

    @Override
    public List<String> committedAfter(String commit) {
      return List.copyOf(
          commit == null ? commits.keySet() : commits.tailMap(commit, false).keySet());
    }

    @Override
    public void joinedAfter(String commit, Consumer<LandedKey> keys) {
      askedAfter.add(commit);
      for (int i = 0; i < joined.size(); i++) {
        if (i == killedAfter) {
          throw new IllegalStateException("killed");
        }
        keys.accept(joined.get(i));
      }
    }

    @Override
    public void keysOf(String commit, Consumer<LandedKey> keys) {
      read.add(commit);
      for (LandedKey key : commits.get(commit)) {
        if (given++ == killedAfter) {
          throw new IllegalStateException("killed");
        }
        keys.accept(key);
      }
    }

    @Override
    public Map<String, ? extends Collection<String>> deliveriesOf(String commit) {
      return deliveries.get(commit);
    }

    @Override
    public Map<String, ? extends Collection<Lines.Part>> partsOf(String commit) {
      return parts.getOrDefault(commit, Map.of());
    }
  }
}
