package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.deduplicate.CatchUp;
import dev.wadi.deduplicate.DeliveryLog;
import dev.wadi.deduplicate.LineLog;
import dev.wadi.deduplicate.OnDamage;
import dev.wadi.deduplicate.SegmentLedger;
import dev.wadi.event.Claims.LandedKey;
import dev.wadi.event.EventKey;
import dev.wadi.event.TransientException;
import dev.wadi.lake.LakeFixture;
import dev.wadi.land.CommitLog;
import dev.wadi.land.FolderLakeStore;
import dev.wadi.land.LandedKeyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger of a lake in which files were joined, replaced and deleted. */
@Tag("unit")
class LakeCommitsTest {

  private static final String FOLDER = "events/event_type=change/event_date=2026-11-01/";

  @TempDir Path data;
  private LakeFixture lake;
  private SegmentLedger ledger;
  private LakeCommits commits;

  @BeforeEach
  void makeLake() {
    lake = new LakeFixture(data);
    for (int n : new int[] {1, 2, 3}) {
      lake.commit(n).event("e" + n, "1").delivery("m" + n).write();
    }
    lake.commit(4)
        .from(LakeFixture.DLQ_SOURCE)
        .deadLetter("d4", "not_json", "{")
        .delivery("d")
        .write();
    ledger = SegmentLedger.open(data.resolve("ledger"), OnDamage.FALL_BACK);
    FolderLakeStore store = new FolderLakeStore(data.resolve("lake"));
    CommitLog log = new CommitLog(store);
    commits = new LakeCommits(log, new LandedKeyReader(store, data.resolve("temporary")));
  }

  @AfterEach
  void close() {
    ledger.close();
    commits.close();
  }

  @Test
  void rebuildsTheLedgerAfterTheReplacedFilesAreGone() throws IOException {
    compact(5, 1, 2, 3);

    catchUp();

    assertHas("e1", "e2", "e3", "dld4");
    assertThat(ledger.lastCommit()).isEqualTo(LakeFixture.id(4));
  }

  @Test
  void bringsALedgerUpToDateThatWasBehindTheJoinedCommits() throws IOException {
    ledger.append(LakeFixture.id(1), List.of(landed("e1")));
    String joined = compact(5, 1, 2, 3);
    lake.commit(6).event("e6", "1").write();
    lake.compact(7, "FROM file", joined, file(6));
    delete(joined, file(6));

    catchUp();

    assertHas("e1", "e2", "e3", "dld4", "e6");
    assertThat(ledger.count()).isEqualTo(5);
    assertThat(ledger.lastCommit()).isEqualTo(LakeFixture.id(6));
  }

  @Test
  void readsNoJoinedFileWhoseCommitsTheLedgerHas() throws IOException {
    catchUp();
    // it couldn't be read
    delete(compact(5, 1, 2, 3));
    lake.commit(6).event("e6", "1").write();

    catchUp();

    assertHas("e1", "e2", "e3", "dld4", "e6");
  }

  @Test
  void isNotDisturbedByACompactionThatAppearsLateWithAnOlderId() throws IOException {
    lake.commit(6).event("e6", "1").write();
    catchUp();
    assertThat(ledger.lastCommit()).isEqualTo(LakeFixture.id(6));
    compact(5, 1, 2, 3);

    catchUp();
    assertHas("e1", "e2", "e3", "dld4", "e6");

    lake.commit(7).event("e7", "1").write();
    catchUp();
    assertHas("e1", "e2", "e3", "dld4", "e6", "e7");
    ledger.clear();
    catchUp();
    assertHas("e1", "e2", "e3", "dld4", "e6", "e7");
  }

  @Test
  void neverEndsTheLedgerWithACompaction() throws IOException {
    compact(5, 1, 2, 3);
    catchUp();
    assertThat(ledger.lastCommit()).isEqualTo(LakeFixture.id(4));
    assertThat(commits.has(LakeFixture.id(5))).isFalse();
    assertThat(commits.committedAfter(LakeFixture.id(4))).isEmpty();
  }

  @Test
  void findsTheKeysOfAFileThatIsReplacedWhileItReads() throws IOException {
    commits.joinedAfter(null, key -> {});
    compact(5, 1, 2, 3);

    List<LandedKey> keys = new ArrayList<>();
    commits.keysOf(LakeFixture.id(2), keys::add);
    assertThat(keys).containsExactly(landed("e2"));
  }

  @Test
  void namesAFileThatIsLost() throws IOException {
    delete(file(2));
    assertThatThrownBy(this::catchUp)
        .isInstanceOf(TransientException.class)
        .hasMessageContaining(file(2));

    delete(compact(5, 1, 3));
    assertThatThrownBy(this::catchUp)
        .isInstanceOf(TransientException.class)
        .hasMessageContaining(FOLDER + LakeFixture.id(5));
  }

  @Test
  void bringsTheDeliveriesUpToDate() throws IOException {
    compact(5, 1, 2, 3);
    DeliveryLog deliveries = new DeliveryLog(ledger);

    new CatchUp(commits, Clock.systemUTC())
        .deliveries(deliveries, LineLog.open(data.resolve("lines.json")));

    assertThat(deliveries.isCommitted(LakeFixture.EVENTS_SOURCE, "m3")).isTrue();
    assertThat(deliveries.isCommitted(LakeFixture.EVENTS_SOURCE, "m4")).isFalse();
  }

  /** Joins the files of some commits in another, and deletes them. */
  private String compact(int n, int... replaced) throws IOException {
    String[] files =
        java.util.Arrays.stream(replaced).mapToObj(LakeCommitsTest::file).toArray(String[]::new);
    String joined = lake.compact(n, "FROM file", files);
    delete(files);
    return joined;
  }

  private void delete(String... files) throws IOException {
    for (String file : files) {
      Files.delete(lake.file(file));
    }
  }

  private static String file(int n) {
    return FOLDER + LakeFixture.id(n) + "-0.parquet";
  }

  private void catchUp() {
    new CatchUp(commits, Clock.systemUTC()).ledger(ledger);
  }

  private void assertHas(String... names) {
    List<EventKey> keys = Stream.of(names).map(LakeFixture::key).map(EventKey::parse).toList();
    assertThat(ledger.findAll(keys).keySet()).containsExactlyInAnyOrderElementsOf(keys);
  }

  private static LandedKey landed(String name) {
    return new LandedKey(
        EventKey.parse(LakeFixture.key(name)),
        java.util.HexFormat.fromHexDigitsToLong(LakeFixture.hash("1")));
  }
}
