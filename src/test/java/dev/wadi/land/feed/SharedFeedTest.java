package dev.wadi.land.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wadi.event.TransientException;
import dev.wadi.lake.LakeFixture;
import dev.wadi.land.CommitIds;
import dev.wadi.land.FolderLakeStore;
import dev.wadi.land.LakeStore;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  void keepsItsNoteSmallHoweverManyOldCommitsItHandsOn() {
    int commits = 3_000;
    for (int n = 1; n <= commits; n++) {
      lake.write(
          "_wadi/commits/" + LakeFixture.id(n) + ".json",
          "{\"commit\":\"%s\",\"state\":\"COMMITTED\",\"writer\":\"a\",\"files\":[],\"sources\":{},\"dead_letters\":[]}"
              .formatted(LakeFixture.id(n)));
    }
    lake.openIntent(commits - 10);
    now = now.plus(Duration.ofHours(5));
    AtomicInteger largest = new AtomicInteger();
    LakeStore whole = store;
    LakeStore watched =
        (LakeStore)
            Proxy.newProxyInstance(
                LakeStore.class.getClassLoader(),
                new Class<?>[] {LakeStore.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("putIfAbsent")) {
                    largest.accumulateAndGet(((byte[]) arguments[1]).length, Math::max);
                  }
                  return method.invoke(whole, arguments);
                });
    FeedLake old = FeedRun.lake(watched, data, "one", true, clock);
    try (FeedRun feed = FeedRun.of(old, settings()).start()) {
      feed.awaitRest();
    }
    assertThat(note().through()).isEqualTo(LakeFixture.id(commits - 11));
    assertThat(note().beyond()).hasSize(11);
    assertThat(largest.get()).isLessThan(1_000);
  }

  @ParameterizedTest
  @CsvSource({"beginning, id-a id-c", "now, "})
  void waitsForACommitWhoseIntentIsOpenHoweverOldItIs(String from, String first) {
    lake.commit(1).event("a", "1").write();
    lake.commit(2).event("b", "1").write();
    lake.commit(3).event("c", "1").write();
    lake.openIntent(2);
    String marker = "_wadi/commits/" + LakeFixture.id(2) + ".json";
    byte[] body = store.get(marker).orElseThrow();
    store.delete(marker);
    now = now.plus(Duration.ofHours(5));
    FeedSettings settings = FeedRun.settings("out", "events", from, 10);
    try (FeedRun feed = feed("one", settings).start()) {
      feed.awaitRest();
      assertThat(feed.column("event_id"))
          .isEqualTo(first == null ? List.of() : List.of(first.split(" ")));
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
    // asleep, nothing is done; so the lease is so long that it isn't seen to in the meantime
    FeedSettings settings = settings(Duration.ofHours(1));
    try (FeedRun sleeper = feed("sleeper", settings)) {
      sleeper.refuses =
          landed -> {
            if (landed.commit().equals(LakeFixture.id(1)) && landed.attempt() == 1) {
              now = now.plus(Duration.ofHours(2));
              try (FeedRun other = feed("other", settings).start()) {
                other.awaitRest();
                assertThat(other.column("event_id")).containsExactly("id-a", "id-b", "id-c");
              }
            }
            return false;
          };
      sleeper.start().awaitErrorsEnd();
      assertThat(sleeper.column("event_id")).containsExactly("id-a");
      // it is told, for it comes again and again where a lease is too short
      assertThat(sleeper.metrics.registry().get("wadi.feed.failures").counter().count())
          .isEqualTo(1);
    }
  }

  @Test
  void keepsTheFeedWhileAReceiverIsSlowerThanItsLease() {
    lake.commit(1).event("a", "1").write();
    FeedSettings settings = settings(Duration.ofSeconds(3));
    FeedLake ofOne = FeedRun.lake(store, data, "one", true, Clock.systemUTC());
    FeedLake ofTwo = FeedRun.lake(store, data, "two", true, Clock.systemUTC());
    try (FeedRun one = FeedRun.of(ofOne, settings);
        FeedRun two = FeedRun.of(ofTwo, settings)) {
      one.refuses =
          landed -> {
            two.start();
            await().atMost(FeedRun.PATIENCE).until(() -> two.status.owner().isPresent());
            Instant begun = Instant.now();
            await()
                .atMost(FeedRun.PATIENCE)
                .until(() -> Instant.now().isAfter(begun.plus(settings.lease().multipliedBy(2))));
            return false;
          };
      one.start().awaitRest();
      assertThat(one.column("event_id")).containsExactly("id-a");
      assertThat(two.taken).isEmpty();
      assertThat(note().rows()).isEqualTo(1);
    }
  }

  @Test
  void keepsTheFeedWithoutNotingMoreThanBefore() {
    Turns turns = new Turns(FeedRun.lake(store, data, "one", true, clock), settings());
    assertThat(turns.take()).isEmpty();
    turns.prolong();
    Note before = note();
    turns.progress().done(LakeFixture.id(1), 1);
    now = now.plus(Duration.ofSeconds(30));
    turns.prolong();
    assertThat(note()).isEqualTo(before.kept(now.plus(settings().lease()), now));
    turns.giveUp();
    Note given = note();
    now = now.plus(Duration.ofSeconds(30));
    turns.prolong();
    assertThat(note()).isEqualTo(given);
    assertThat(given.owner()).isNull();
  }

  @Test
  void putsANoteAgainOfWhichItIsNotKnownWhetherItWasPut() {
    AtomicBoolean out = new AtomicBoolean();
    LakeStore whole = store;
    LakeStore broken =
        (LakeStore)
            Proxy.newProxyInstance(
                LakeStore.class.getClassLoader(),
                new Class<?>[] {LakeStore.class},
                (proxy, method, arguments) -> {
                  Object answer = method.invoke(whole, arguments);
                  if (method.getName().equals("putIfAbsent") && out.getAndSet(false)) {
                    throw new TransientException("the answer is lost", null);
                  }
                  return answer;
                });
    Turns turns = new Turns(FeedRun.lake(broken, data, "one", true, clock), settings());
    assertThat(turns.take()).isEmpty();
    now = now.plus(Duration.ofSeconds(30));
    out.set(true);
    assertThatThrownBy(turns::prolong).isInstanceOf(TransientException.class);
    turns.progress().done(LakeFixture.id(1), 1);
    turns.save();
    assertThat(note().rows()).isEqualTo(1);
    assertThat(note().owner()).isEqualTo("one");
  }

  @Test
  void stopsThoughAnotherHasTheFeed() {
    lake.commit(1).event("a", "1").write();
    FeedSettings settings = settings(Duration.ofHours(1));
    FeedRun sleeper = feed("sleeper", settings);
    sleeper.refuses =
        landed -> {
          now = now.plus(Duration.ofHours(2));
          assertThat(new Turns(FeedRun.lake(store, data, "other", true, clock), settings).take())
              .isEmpty();
          sleeper.stop();
          return true;
        };
    sleeper.start();
    await().atMost(FeedRun.PATIENCE).until(() -> sleeper.thrown != null);
    assertThat(sleeper.thrown).isInstanceOf(InterruptedException.class);
    assertThat(note().owner()).isEqualTo("other");
  }

  private Note note() {
    return new FeedNotes(store, "out").newest().orElseThrow().note();
  }

  private FeedRun feed(String writer) {
    return feed(writer, settings());
  }

  private FeedRun feed(String writer, FeedSettings settings) {
    return FeedRun.of(FeedRun.lake(store, data, writer, true, clock), settings);
  }

  private static FeedSettings settings() {
    return FeedRun.settings("out", "events", "beginning", 10);
  }

  private static FeedSettings settings(Duration lease) {
    return FeedRun.settings("out", "events", "beginning", 10, lease);
  }
}
