package dev.wadi.land.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wadi.event.ColumnType;
import dev.wadi.event.TransientException;
import dev.wadi.lake.LakeFixture;
import dev.wadi.land.FolderLakeStore;
import dev.wadi.land.LakeStore;
import dev.wadi.ops.HandClock;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Feeds of a true lake that one process writes. */
@Tag("unit")
class FeedTest {

  private static final String FOLDER = "events/event_type=change/event_date=2026-11-01/";

  @TempDir Path data;
  private final HandClock clock = new HandClock();
  private LakeFixture lake;
  private LakeStore store;

  @BeforeEach
  void makeLake() {
    lake = new LakeFixture(data);
    store = new FolderLakeStore(data.resolve("lake"));
  }

  @Test
  void handsOnTheRowsOfEveryCommitInTheirOrder() {
    lake.commit(1)
        .event("a", "1", "change", "2026-11-01", ", 5::BIGINT AS size, NULL::VARCHAR AS note")
        .duplicate("a", "1")
        .write();
    lake.commit(2).event("b", "1").event("c", "1", "build", "2026-11-02", "").write();
    try (FeedRun feed = run("out")) {
      feed.awaitRest();
      assertThat(feed.taken).extracting(Landed::commit).isSorted().hasSize(2);
      assertThat(feed.column("event_id")).containsExactly("id-a", "id-b", "id-c");
      Map<String, Object> row = feed.taken.get(0).rows().get(0);
      assertThat(row)
          .containsEntry("event_key", LakeFixture.key("a"))
          .containsEntry("event_time", "2026-11-01T12:00:00Z")
          .containsEntry("size", 5L)
          .containsEntry("commit_id", LakeFixture.id(1))
          .containsEntry("_doc", "{}")
          .doesNotContainKeys("note", "_wadi_file");

      lake.commit(3).event("d", "1").write();
      await().atMost(FeedRun.PATIENCE).until(() -> feed.column("event_id").contains("id-d"));
      await()
          .untilAsserted(
              () ->
                  assertThat(feed.metrics.registry().get("wadi.feed.rows").counter().count())
                      .isEqualTo(4));
    }
  }

  @Test
  void handsOnNothingTwiceAfterARestart() {
    lake.commit(1).event("a", "1").write();
    lake.commit(2).event("b", "1").write();
    try (FeedRun feed = run("out")) {
      feed.awaitRest();
    }
    lake.commit(3).event("c", "1").write();
    try (FeedRun feed = run("out")) {
      feed.awaitRest();
      assertThat(feed.column("event_id")).containsExactly("id-c");
    }
  }

  @Test
  void handsTheSameRowsOnAgainUntilTheyAreTaken() {
    lake.commit(1).event("a", "1").write();
    lake.commit(2).event("b", "1").write();
    try (FeedRun feed = feed("out", "events", "beginning", 10)) {
      feed.refuses = landed -> landed.attempt() < 3;
      feed.start().awaitErrorsEnd();
      assertThat(feed.column("event_id")).containsExactly("id-a", "id-b");
      assertThat(feed.taken).extracting(Landed::attempt).containsExactly(3, 3);
      assertThat(feed.metrics.registry().get("wadi.feed.failures").counter().count()).isEqualTo(4);
    }
  }

  @Test
  void tellsHowFarItIsBehindWhileNothingIsTaken() {
    lake.commit(1).event("a", "1").write();
    try (FeedRun feed = feed("out", "events", "beginning", 10)) {
      feed.refuses = landed -> true;
      feed.start().awaitError("out");
      lake.commit(2).event("b", "1").write();
      await().atMost(FeedRun.PATIENCE).until(() -> feed.status.waiting() == 2);
      assertThat(feed.status.lag()).isPositive();
      assertThat(feed.metrics.registry().get("wadi.feed.behind.seconds").gauge().value())
          .isPositive();
      feed.refuses = landed -> false;
      await().atMost(FeedRun.PATIENCE).until(() -> feed.status.waiting() == 0);
      assertThat(feed.status.lag()).isZero();
    }
  }

  @Test
  void beginsACommitAnewOfWhichNotAllWasTaken() {
    lake.commit(1).event("a", "1").event("b", "1").event("c", "1").write();
    try (FeedRun feed = feed("out", "events", "beginning", 2)) {
      feed.refuses = landed -> landed.rows().size() == 1;
      feed.start().awaitError("out");
      assertThat(feed.column("event_id")).containsExactly("id-a", "id-b");
    }
    try (FeedRun feed = run("out")) {
      feed.awaitRest();
      assertThat(feed.column("event_id")).containsExactly("id-a", "id-b", "id-c");
    }
  }

  @Test
  void handsACommitOnAgainWhoseNoteCouldNotBePutAndNoneIsPassedOver() throws IOException {
    for (int n = 1; n <= 4; n++) {
      lake.commit(n).event("e" + n, "1").write();
    }
    AtomicInteger puts = new AtomicInteger();
    LakeStore whole = store;
    store =
        (LakeStore)
            Proxy.newProxyInstance(
                LakeStore.class.getClassLoader(),
                new Class<?>[] {LakeStore.class},
                (proxy, method, arguments) -> {
                  // the second note is the one of the first commit
                  if (method.getName().equals("putIfAbsent") && puts.incrementAndGet() == 2) {
                    throw new TransientException("the store is out", null);
                  }
                  return method.invoke(whole, arguments);
                });
    try (FeedRun feed = feed("out", "events", "beginning", 10)) {
      feed.start().awaitErrorsEnd();
      assertThat(feed.column("event_id"))
          .containsExactly("id-e1", "id-e1", "id-e2", "id-e3", "id-e4");
    }
    Note note = new FeedNotes(store, "out").newest().orElseThrow().note();
    assertThat(note.through()).isEqualTo(LakeFixture.id(4));
    assertThat(note.rows()).isEqualTo(4);
  }

  @Test
  void boundsWhatIsHandedOnAtATime() {
    LakeFixture.Commit commit = lake.commit(1);
    for (int n = 0; n < 7; n++) {
      commit.event("e" + n, "1");
    }
    commit.write();
    try (FeedRun feed = feed("out", "events", "beginning", 3)) {
      feed.start().awaitRest();
      assertThat(feed.taken).extracting(landed -> landed.rows().size()).containsExactly(3, 3, 1);
    }
  }

  @Test
  void keepsOneNoteHoweverManyCommitsItHandsOn() throws IOException {
    for (int n = 1; n <= 20; n++) {
      lake.commit(n).event("e" + n, "1").write();
    }
    try (FeedRun feed = run("out")) {
      feed.awaitRest();
    }
    try (Stream<Path> notes = Files.list(data.resolve("lake/_wadi/handed-on/out"))) {
      assertThat(notes)
          .singleElement()
          .satisfies(
              note ->
                  assertThat(Files.readString(note))
                      .contains("\"through\":\"" + LakeFixture.id(20) + "\"")
                      .contains("\"rows\":20"));
    }
  }

  @Test
  void findsTheRowsOfFilesThatWereJoinedAndDeletedMeanwhile() throws IOException {
    for (int n = 1; n <= 4; n++) {
      lake.commit(n).event("e" + n, "1").event("f" + n, "1", "build", "2026-11-02", "").write();
    }
    String joined = compact(5, file(1), file(2), file(3));
    lake.commit(6).event("e6", "1").write();
    compact(7, joined, file(6));

    try (FeedRun feed = run("out")) {
      feed.awaitRest();
      assertThat(feed.column("event_id"))
          .containsExactlyInAnyOrder(
              "id-e1", "id-f1", "id-e2", "id-f2", "id-e3", "id-f3", "id-e4", "id-f4", "id-e6");
      assertThat(feed.taken).extracting(Landed::commit).isSorted();
    }
  }

  @Test
  void findsWhatIsJoinedWhileItGoesOn() throws IOException {
    for (int n = 1; n <= 3; n++) {
      lake.commit(n).event("e" + n, "1").write();
    }
    try (FeedRun feed = feed("out", "events", "beginning", 10)) {
      feed.refuses = landed -> landed.commit().equals(LakeFixture.id(1));
      feed.start().awaitError("out");
      compact(5, compact(4, file(1), file(2)), file(3));
      feed.refuses = landed -> false;
      feed.awaitErrorsEnd();
      assertThat(feed.column("event_id")).containsExactly("id-e1", "id-e2", "id-e3");
    }
  }

  @Test
  void goesOnBehindACompactionWhoseIdIsAheadOfTheNextCommit() throws IOException {
    lake.commit(1).event("a", "1").write();
    lake.commit(2).event("b", "1").write();
    compact(9, file(1), file(2));
    try (FeedRun feed = run("out")) {
      feed.awaitRest();
      lake.commit(3).event("c", "1").write();
      await().atMost(FeedRun.PATIENCE).until(() -> feed.column("event_id").contains("id-c"));
    }
    lake.commit(4).event("d", "1").write();
    try (FeedRun feed = run("out")) {
      feed.awaitRest();
      assertThat(feed.column("event_id")).containsExactly("id-d");
    }
    try (FeedRun feed = feed("late", "events", "now", 10)) {
      feed.start().awaitRest();
      lake.commit(5).event("e", "1").write();
      await().atMost(FeedRun.PATIENCE).until(() -> feed.column("event_id").contains("id-e"));
      assertThat(feed.taken).hasSize(1);
    }
  }

  @Test
  void handsOnNothingThatDoesNotStand() {
    lake.commit(1).event("a", "1").write();
    lake.commit(2).event("b", "1").write();
    lake.manifest(1, manifest -> manifest.put("state", "ABORTED").putArray("files"));
    try (FeedRun feed = run("out")) {
      feed.awaitRest();
      assertThat(feed.column("event_id")).containsExactly("id-b");
    }
  }

  @Test
  void beginsWithWhatLandsFromNowOnIfItIsToldTo() {
    lake.commit(1).event("a", "1").write();
    try (FeedRun feed = feed("out", "events", "now", 10)) {
      feed.start().awaitRest();
      lake.commit(2).event("b", "1").write();
      await().atMost(FeedRun.PATIENCE).until(() -> feed.column("event_id").contains("id-b"));
      assertThat(feed.taken).hasSize(1);
    }
  }

  @Test
  void handsOnOtherTablesUnderOtherNamesOnly() {
    lake.commit(1).event("a", "1").rejected("r").write();
    lake.commit(2).from(LakeFixture.DLQ_SOURCE).deadLetter("r", "not_json", "{").write();
    try (FeedRun feed = feed("letters", "dead_letters", "beginning", 10)) {
      feed.start().awaitRest();
      assertThat(feed.column("reason")).containsExactly("not_json");
      assertThat(feed.taken.get(0).rows().get(0)).doesNotContainKey("_doc");
    }
    try (FeedRun feed = run("letters")) {
      feed.awaitError("hands on the table dead_letters of this lake, not events");
      assertThat(feed.taken).isEmpty();
    }
  }

  @Test
  void namesAFileThatIsLostAndHandsOnNothingBehindIt() throws IOException {
    lake.commit(1).event("a", "1").write();
    lake.commit(2).event("b", "1").write();
    Files.delete(lake.file(file(1)));
    try (FeedRun feed = run("out")) {
      feed.awaitError("the lake lacks " + file(1));
      assertThat(feed.taken).isEmpty();
    }
  }

  @Test
  void notesNothingIfAFileHasOtherRowsThanItsManifestSays() {
    lake.commit(1).event("a", "1").write();
    lake.manifest(1, manifest -> ((ObjectNode) manifest.get("files").get(0)).put("rows", 2));
    try (FeedRun feed = run("out")) {
      feed.awaitError("has 2 rows of events and 1 were read");
    }
    assertThat(new FeedNotes(store, "out").newest().orElseThrow().note().through()).isNull();
  }

  @Test
  void handsOnARowTwiceAtMostOfACommitThatCanNotBeReadWholly() throws IOException {
    lake.commit(1).event("a", "1").event("b", "1", "build", "2026-11-02", "").write();
    Files.delete(
        lake.file(
            "events/event_type=build/event_date=2026-11-02/" + LakeFixture.id(1) + "-1.parquet"));
    try (FeedRun feed = feed("out", "events", "beginning", 1)) {
      feed.start().awaitError("the lake lacks");
      await().atMost(FeedRun.PATIENCE).until(() -> failures(feed) > 5);
      assertThat(feed.column("event_id")).containsExactly("id-a");
      assertThat(feed.status.lastError()).isPresent();
    }
  }

  @Test
  void tellsOfAFailureUntilWhatFailedIsDone() {
    lake.commit(1).event("a", "1").event("b", "1").write();
    lake.manifest(1, manifest -> ((ObjectNode) manifest.get("files").get(0)).put("rows", 3));
    List<Optional<String>> errors = new CopyOnWriteArrayList<>();
    try (FeedRun feed = feed("out", "events", "beginning", 1)) {
      feed.start().awaitError("has 3 rows of events and 2 were read");
      feed.refuses = landed -> !errors.add(feed.status.lastError());
      lake.manifest(1, manifest -> ((ObjectNode) manifest.get("files").get(0)).put("rows", 2));
      feed.awaitErrorsEnd();
      assertThat(errors).hasSize(2).allSatisfy(error -> assertThat(error).isPresent());
      assertThat(feed.status.lastError()).isEmpty();
    }
  }

  private static double failures(FeedRun feed) {
    return feed.metrics.registry().get("wadi.feed.failures").counter().count();
  }

  @ParameterizedTest
  @CsvSource({"jsonl, zstd", "jsonl, gzip", "csv, zstd", "csv, none"})
  void readsEveryFormat(String format, String compression) {
    lake.schema(1, "size", ColumnType.BIGINT).format(format, compression);
    lake.commit(1)
        .event("a", "1", "change", "2026-11-01", ", 5::BIGINT AS size")
        .event("b", "1")
        .write();
    try (FeedRun feed = run("out")) {
      feed.awaitRest();
      assertThat(feed.column("event_id")).containsExactly("id-a", "id-b");
      assertThat(feed.taken.get(0).rows().get(0))
          .containsEntry("size", 5L)
          .containsEntry("event_time", "2026-11-01T12:00:00Z")
          .containsEntry("_doc", "{}");
      assertThat(feed.taken.get(0).rows().get(1)).doesNotContainKey("size");
    }
  }

  @Test
  void sweepsWhatAKilledProcessHasLeft() throws IOException {
    lake.commit(1).event("a", "1").write();
    Path left = data.resolve("feeds/test/left.parquet");
    Files.createDirectories(left.getParent());
    Files.writeString(left, "half a copy");
    try (FeedRun feed = run("out")) {
      feed.awaitRest();
      assertThat(left).doesNotExist();
    }
  }

  @Test
  void beginsWhenTheFolderForItsCopiesCanBeUsed() throws IOException {
    lake.commit(1).event("a", "1").write();
    Path taken = data.resolve("feeds/test");
    Files.createDirectories(taken.getParent());
    Files.writeString(taken, "a file where a folder is to be");
    try (FeedRun feed = run("out")) {
      feed.awaitError("can't use the folder");
      Files.delete(taken);
      feed.awaitErrorsEnd();
      assertThat(feed.column("event_id")).containsExactly("id-a");
    }
  }

  @Test
  void goesOnIfARouteWasInterruptedAndItIsNotStopped() {
    lake.commit(1).event("a", "1").write();
    try (FeedRun feed = feed("out", "events", "beginning", 10)) {
      feed.interrupts = landed -> landed.attempt() == 1;
      feed.start().awaitErrorsEnd();
      assertThat(feed.taken).extracting(Landed::attempt).containsExactly(2);
    }
  }

  private FeedRun run(String name) {
    return feed(name, "events", "beginning", 10).start();
  }

  private FeedRun feed(String name, String table, String from, int maxRows) {
    return FeedRun.of(
        FeedRun.lake(store, data, "test", false, clock),
        FeedRun.settings(name, table, from, maxRows));
  }

  private String compact(int n, String... keys) throws IOException {
    String joined = lake.compact(n, "FROM file", keys);
    for (String key : keys) {
      Files.delete(lake.file(key));
    }
    return joined;
  }

  private static String file(int n) {
    return FOLDER + LakeFixture.id(n) + "-0.parquet";
  }
}
