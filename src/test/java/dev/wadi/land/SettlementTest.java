package dev.wadi.land;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.TransientException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class SettlementTest {

  private static final String COMMIT = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
  private static final String OBJECT = "events/event_type=a/event_date=2026-11-21/x-0.parquet";

  private final MemoryStore store = new MemoryStore();
  private final CommitLog log = new CommitLog(store);
  private final Clock clock = Clock.fixed(Batches.NOW, ZoneOffset.UTC);

  @BeforeEach
  void crashedAfterThePutOfItsObject() {
    log.open(
        new Intent(COMMIT, "crashed/1/then", null, List.of(OBJECT, "events/never-put.parquet")));
    store.putIfAbsent(OBJECT, new byte[] {1});
  }

  @Test
  void givesUpACommitWithoutAMarkerAndTakesItsObjectsAway() {
    settleAll(store);

    assertThat(store.objects).containsOnlyKeys("_wadi/commits/" + COMMIT + ".json");
    assertThat(log.marker(COMMIT).orElseThrow().state()).isEqualTo(Manifest.State.ABORTED);
  }

  @Test
  void leavesACommitThatStandsAndClosesItsIntent() {
    log.settle(committed());

    settleAll(store);

    assertThat(store.objects).containsOnlyKeys(OBJECT, "_wadi/commits/" + COMMIT + ".json");
    assertThat(log.marker(COMMIT).orElseThrow().state()).isEqualTo(Manifest.State.COMMITTED);
  }

  @Test
  void canBeRepeatedWhereverItStopped() {
    for (int step = 0; step < 8; step++) {
      AtomicInteger left = new AtomicInteger(step);
      store.refuses = call -> left.getAndDecrement() <= 0;
      try {
        settleAll(store);
      } catch (TransientException stoppedHere) {
        assertThat(store.objects).containsKey("_wadi/intents/" + COMMIT + ".json");
      }
    }
    store.refuses = call -> false;
    settleAll(store);
    assertThat(store.objects).containsOnlyKeys("_wadi/commits/" + COMMIT + ".json");
  }

  @Test
  void keepsTheIntentWhileAnObjectCanNotBeTakenAway() {
    MemoryStore stubborn =
        new MemoryStore() {
          @Override
          public void delete(String key) {
            if (!key.equals(OBJECT)) {
              super.delete(key);
            }
          }
        };
    stubborn.objects.putAll(store.objects);

    assertThatThrownBy(() -> settleAll(stubborn)).hasMessageContaining(OBJECT);
    assertThat(stubborn.objects).containsKey("_wadi/intents/" + COMMIT + ".json");
  }

  private void settleAll(LakeStore of) {
    Batches.settleAll(of, "next/2/now", Set.of("crashed/1/then"), clock);
  }

  private static Manifest committed() {
    return new Manifest(
        COMMIT,
        Manifest.State.COMMITTED,
        "crashed/1/then",
        "2026-11-21T12:00:00Z",
        "2026-11-21T12:00:01Z",
        List.of(new Manifest.LandedFile("events", OBJECT, 1, 1, "00")),
        Map.of(),
        List.of());
  }
}
