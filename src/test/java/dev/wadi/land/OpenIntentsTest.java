package dev.wadi.land;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.Fates.Fate;
import dev.wadi.event.SetupException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class OpenIntentsTest {

  private static final String COMMIT = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
  private static final String INTENT = "_wadi/intents/" + COMMIT + ".json";
  private static final String OBJECT = "events/event_type=a/event_date=2026-11-21/x-0.parquet";
  private static final Instant LEASE_END = Batches.NOW.plusSeconds(60);

  private final MemoryStore store = new MemoryStore();
  private final CommitLog log = new CommitLog(store);

  @BeforeEach
  void asleepAfterThePutOfItsObject() {
    log.open(Intent.of(COMMIT, "sleeper/1/then", LEASE_END, List.of(OBJECT)));
    store.putIfAbsent(OBJECT, new byte[] {1});
  }

  @Test
  void leavesACommitAloneAsLongAsItsLeaseRuns() {
    at(LEASE_END.minusSeconds(1)).settleAbandoned();
    assertThat(store.objects).containsKeys(OBJECT, INTENT);
    assertThat(log.marker(COMMIT)).isEmpty();
  }

  @Test
  void givesUpACommitWhoseLeaseHasRunOutAndLooksAtItAgain() {
    at(LEASE_END.plusSeconds(1)).settleAbandoned();

    assertThat(log.marker(COMMIT).orElseThrow().isAborted()).isTrue();
    assertThat(store.objects).doesNotContainKey(OBJECT).containsKey(INTENT);

    // it wakes, puts another object, and dies before its marker
    store.putIfAbsent(OBJECT, new byte[] {1});
    at(LEASE_END.plus(OpenIntents.GRACE).plusSeconds(1)).settleAbandoned();

    assertThat(store.objects).doesNotContainKey(OBJECT).doesNotContainKey(INTENT);
  }

  @Test
  void settlesTheOthersBesideAnIntentThatIsDamaged() {
    String damaged = "_wadi/intents/00000000000000000000000000.json";
    store.objects.put(damaged, new byte[0]);
    OpenIntents intents = at(LEASE_END.plusSeconds(1));
    assertThatThrownBy(intents::settleAbandoned)
        .isInstanceOf(SetupException.class)
        .hasMessageStartingWith(damaged + " in the lake is damaged");
    assertThat(log.marker(COMMIT).orElseThrow().isAborted()).isTrue();
    assertThat(store.objects).doesNotContainKey(OBJECT).containsKey(damaged);
  }

  @Test
  void endsTheCommitOfAProcessThatHadTheFolderBeforeAtOnce() {
    at(Batches.NOW, "older/1/then", "sleeper/1/then", "newer/3/then").settleAbandoned();
    assertThat(store.objects).containsOnlyKeys("_wadi/commits/" + COMMIT + ".json");
  }

  @Test
  void leavesItsOwnCommitsAlone() {
    open("next/2/now", LEASE_END.plusSeconds(1)).settleAbandoned();
    assertThat(log.marker(COMMIT)).isPresent();
    String own = "01ARZ3NDEKTSV4RRFFQ69G5FAW";
    log.open(Intent.of(own, "next/2/now", Batches.NOW.minusSeconds(1), List.of()));
    open("next/2/now", LEASE_END.plusSeconds(1)).settleAbandoned();
    assertThat(log.marker(own)).isEmpty();
  }

  @Test
  void settlesAllForTheOnlyWriterWhateverTheirLeases() {
    at(Batches.NOW).settleAll();
    assertThat(log.marker(COMMIT).orElseThrow().isAborted()).isTrue();
    assertThat(store.objects).doesNotContainKey(OBJECT);
  }

  @Test
  void closesTheIntentOfACommitThatStands() {
    log.settle(
        new Manifest(
            COMMIT,
            Manifest.State.COMMITTED,
            "sleeper/1/then",
            "2026-11-21T12:00:00Z",
            "2026-11-21T12:00:01Z",
            List.of(),
            Map.of(),
            List.of()));

    at(LEASE_END.plusSeconds(1)).settleAbandoned();

    assertThat(store.objects).containsKey(OBJECT).doesNotContainKey(INTENT);
  }

  @Test
  void saysAndSettlesFates() {
    OpenIntents fates = at(Batches.NOW);
    assertThat(fates.of(COMMIT)).isEmpty();
    assertThat(fates.settle(COMMIT)).isEqualTo(Fate.GIVEN_UP);
    assertThat(fates.of(COMMIT)).contains(Fate.GIVEN_UP);
    assertThat(store.objects).doesNotContainKey(OBJECT);
  }

  private OpenIntents at(Instant now, String... ended) {
    return open("next/2/now", now, ended);
  }

  private OpenIntents open(String writer, Instant now, String... ended) {
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    Settlement settlement = new Settlement(store, log, writer, clock);
    return new OpenIntents(log, settlement, writer, Set.of(ended), clock, Duration.ofHours(1));
  }
}
