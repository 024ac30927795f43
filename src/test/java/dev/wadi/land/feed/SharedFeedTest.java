package dev.wadi.land.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wadi.lake.LakeFixture;
import dev.wadi.land.CommitIds;
import dev.wadi.land.FolderLakeStore;
import dev.wadi.land.LakeStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Feeds of a lake that several processes write and read. */
@Tag("unit")
class SharedFeedTest {

  @TempDir Path data;
  private LakeFixture lake;
  private LakeStore store;

  /** Minutes after the time in the ids of the fixture. */
  private volatile Instant now = CommitIds.time(LakeFixture.id(1)).plus(Duration.ofMinutes(10));

  private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);

  @BeforeEach
  void makeLake() {
    lake = new LakeFixture(data);
    store = new FolderLakeStore(data.resolve("lake"));
  }

  @Test
  void handsOnACommitThatAppearsBehindOneOfAGreaterId() {
    lake.commit(1).event("a", "1").write();
    lake.commit(3).event("c", "1").write();
    try (FeedRun feed = feed("one").start()) {
      feed.awaitRest();
    }
    lake.commit(2).event("b", "1").write();
    try (FeedRun feed = feed("two").start()) {
      feed.awaitRest();
      assertThat(feed.column("event_id")).containsExactly("id-b");
    }
  }

  @Test
  void keepsNoCommitByItselfWhenNoneCanAppearBehindItAnyMore() {
    lake.commit(1).event("a", "1").write();
    lake.commit(2).event("b", "1").write();
    try (FeedRun feed = feed("one").start()) {
      feed.awaitRest();
      assertThat(note().beyond()).hasSize(2);
      now = now.plus(Duration.ofHours(2));
      feed.awaitRest();
      // its lease is to be renewed, and that is noted too
      now = now.plus(Duration.ofMinutes(1));
      await().atMost(FeedRun.PATIENCE).until(() -> note().beyond().isEmpty());
      assertThat(note().through()).isEqualTo(LakeFixture.id(2));
    }
  }

  @Test
  void waitsForACommitWhoseIntentIsOpenHoweverOldItIs() {
    lake.commit(1).event("a", "1").write();
    lake.commit(2).event("b", "1").write();
    lake.commit(3).event("c", "1").write();
    lake.openIntent(2);
    String marker = "_wadi/commits/" + LakeFixture.id(2) + ".json";
    byte[] body = store.get(marker).orElseThrow();
    store.delete(marker);
    now = now.plus(Duration.ofHours(5));
    try (FeedRun feed = feed("one").start()) {
      feed.awaitRest();
      assertThat(feed.column("event_id")).containsExactly("id-a", "id-c");
      store.putIfAbsent(marker, body);
      store.delete("_wadi/intents/" + LakeFixture.id(2) + ".json");
      await().atMost(FeedRun.PATIENCE).until(() -> feed.column("event_id").contains("id-b"));
    }
  }

  @Test
  void leavesTheFeedToTheProcessThatHasItUntilItsLeaseHasRunOut() {
    lake.commit(1).event("a", "1").write();
    Turns dead = new Turns(FeedRun.lake(store, data, "dead", true, clock), settings());
    assertThat(dead.take()).isEmpty();
    try (FeedRun other = feed("other").start()) {
      await().atMost(FeedRun.PATIENCE).until(() -> other.status.owner().isPresent());
      assertThat(other.status.owner()).contains("dead");
      assertThat(other.taken).isEmpty();

      now = now.plus(Duration.ofMinutes(2));
      await().atMost(FeedRun.PATIENCE).until(() -> other.column("event_id").contains("id-a"));
      assertThat(other.status.owner()).isEmpty();
    }
  }

  @Test
  void givesTheFeedUpWhenItStops() {
    lake.commit(1).event("a", "1").write();
    try (FeedRun feed = feed("one").start()) {
      feed.awaitRest();
    }
    lake.commit(2).event("b", "1").write();
    try (FeedRun feed = feed("two").start()) {
      // the clock stands still, so no lease runs out
      await().atMost(FeedRun.PATIENCE).until(() -> feed.column("event_id").contains("id-b"));
      assertThat(feed.taken).hasSize(1);
    }
  }

  @Test
  void notesNothingAnyMoreWhenAnotherHasTakenTheFeed() {
    FeedLake sleeper = FeedRun.lake(store, data, "sleeper", true, clock);
    Turns asleep = new Turns(sleeper, settings());
    assertThat(asleep.take()).isEmpty();
    now = now.plus(Duration.ofMinutes(2));
    Turns awake = new Turns(FeedRun.lake(store, data, "awake", true, clock), settings());
    assertThat(awake.take()).isEmpty();
    awake.progress().done(LakeFixture.id(1), 1);
    awake.save();
    awake.save();

    asleep.progress().done(LakeFixture.id(1), 1);
    assertThatThrownBy(asleep::save).isInstanceOf(Turns.LostException.class);
    assertThat(note().owner()).isEqualTo("awake");
    assertThat(asleep.take()).contains("awake");
    awake.save();
  }

  @Test
  void handsOnNothingThatAnotherHasHandedOnWhileItSlept() {
    lake.commit(1).event("a", "1").write();
    lake.commit(2).event("b", "1").write();
    lake.commit(3).event("c", "1").write();
    try (FeedRun sleeper = feed("sleeper")) {
      sleeper.refuses =
          landed -> {
            if (landed.commit().equals(LakeFixture.id(1)) && landed.attempt() == 1) {
              // asleep beyond its lease, while another hands all of it on
              now = now.plus(Duration.ofMinutes(2));
              try (FeedRun other = feed("other").start()) {
                other.awaitRest();
                assertThat(other.column("event_id")).containsExactly("id-a", "id-b", "id-c");
              }
            }
            return false;
          };
      sleeper.start().awaitRest();
      assertThat(sleeper.column("event_id")).containsExactly("id-a");
    }
  }

  private Note note() {
    return new FeedNotes(store, "out").newest().orElseThrow().note();
  }

  private FeedRun feed(String writer) {
    return FeedRun.of(FeedRun.lake(store, data, writer, true, clock), settings());
  }

  private static FeedSettings settings() {
    return FeedRun.settings("out", "events", "beginning", 10);
  }
}
