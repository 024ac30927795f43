package dev.wadi.land;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.SetupException;
import dev.wadi.event.TransientException;
import dev.wadi.ops.Backoff;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class PublisherTest {

  private static final String COMMIT = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
  private static final String MARKER = "_wadi/commits/" + COMMIT + ".json";
  private static final Clock CLOCK = Clock.fixed(Batches.NOW, ZoneOffset.UTC);

  /** More calls than a publication makes, with all that is tried again and undone. */
  private static final int CALLS = 40;

  @TempDir Path folder;
  private List<StagedObject> objects;

  @BeforeEach
  void stage() {
    objects =
        List.of(
            Staged.object(folder, "events/a/" + COMMIT + "-0.parquet"),
            Staged.object(folder, "events/b/" + COMMIT + "-1.parquet"));
  }

  @Test
  void namesTheObjectsThenPutsThemThenTheMarkerThenDeletesTheIntent() throws Exception {
    List<String> calls = new ArrayList<>();
    MemoryStore store = new MemoryStore();
    store.refuses =
        call -> {
          calls.add(call);
          return false;
        };

    Manifest marker = publisher(store, 1).publish(manifest(), objects);

    assertThat(calls)
        .containsExactly(
            "put _wadi/intents/" + COMMIT + ".json",
            "put " + objects.get(0).key(),
            "put " + objects.get(1).key(),
            "put " + MARKER,
            "delete _wadi/intents/" + COMMIT + ".json");
    assertThat(marker.committedAt()).isEqualTo(Batches.NOW.toString());
    assertThat(new CommitLog(store).marker(COMMIT)).hasValue(marker);
  }

  @Test
  void aCallThatFailsOnceIsTriedAgain() throws Exception {
    for (int call = 0; call < CALLS; call++) {
      for (boolean done : new boolean[] {false, true}) {
        MemoryStore store = new MemoryStore();
        fail(store, done, only(call));

        publisher(store, 2).publish(manifest(), objects);

        assertStands(store);
      }
    }
  }

  @Test
  void aCommitOfWhichOneCallFailsEndsWhollyOrNotAtAll() throws Exception {
    int undone = 0;
    for (int call = 0; call < CALLS; call++) {
      for (boolean done : new boolean[] {false, true}) {
        MemoryStore store = new MemoryStore();
        fail(store, done, only(call));
        try {
          publisher(store, 1).publish(manifest(), objects);
          assertStands(store);
        } catch (TransientException givenUp) {
          heal(store);
          assertThat(store.objects).containsOnlyKeys(MARKER);
          assertThat(state(store)).isEqualTo(Manifest.State.ABORTED);
          undone++;
        } catch (SetupException undecided) {
          assertSettledByTheNextStart(store);
        }
      }
    }
    assertThat(undone).isPositive();
  }

  @Test
  void aStoreThatFailsForGoodLeavesTheCommitToTheNextStart() throws Exception {
    int undecided = 0;
    for (int call = 0; call < CALLS; call++) {
      for (boolean done : new boolean[] {false, true}) {
        MemoryStore store = new MemoryStore();
        fail(store, done, from(call));
        try {
          publisher(store, 2).publish(manifest(), objects);
          assertStands(store);
        } catch (SetupException e) {
          assertThat(e).hasMessageContaining(COMMIT).hasMessageContaining("start again");
          assertSettledByTheNextStart(store);
          undecided++;
        }
      }
    }
    assertThat(undecided).isPositive();
  }

  @Test
  void undoesWhatItPutWhenAnotherProcessGaveTheCommitUp() {
    MemoryStore store = new MemoryStore();
    store.refuses =
        call -> {
          if (call.equals("put " + MARKER) && store.objects.containsKey(objects.get(1).key())) {
            heal(store);
            // a writer that starts meanwhile, and finds the intent open
            settle(store, "writer/2/now");
          }
          return false;
        };

    assertThatThrownBy(() -> publisher(store, 1).publish(manifest(), objects))
        .isInstanceOf(TransientException.class)
        .hasMessageContaining("given up by writer/2/now");
    assertThat(store.objects).containsOnlyKeys(MARKER);
  }

  @Test
  void undoesWhatItPutAfterAnotherProcessHasUndoneIt() {
    MemoryStore store = new MemoryStore();
    store.refuses =
        call -> {
          if (call.equals("put " + objects.get(0).key()) && !store.objects.containsKey(MARKER)) {
            heal(store);
            settle(store, "writer/2/now");
          }
          return false;
        };

    assertThatThrownBy(() -> publisher(store, 1).publish(manifest(), objects))
        .isInstanceOf(TransientException.class);
    assertThat(store.objects).containsOnlyKeys(MARKER);
  }

  @Test
  void undoesWhatItPutWhenAKeyIsTaken() {
    MemoryStore store = new MemoryStore();
    store.objects.put(objects.get(1).key(), new byte[] {1});

    assertThatThrownBy(() -> publisher(store, 3).publish(manifest(), objects))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("taken by another object");
    assertThat(store.objects).doesNotContainKey(objects.get(0).key());
    assertThat(state(store)).isEqualTo(Manifest.State.ABORTED);
  }

  private void assertStands(MemoryStore store) {
    heal(store);
    assertThat(store.objects).containsOnlyKeys(MARKER, objects.get(0).key(), objects.get(1).key());
    assertThat(state(store)).isEqualTo(Manifest.State.COMMITTED);
  }

  private void assertSettledByTheNextStart(MemoryStore store) {
    heal(store);
    settle(store, "next/2/now");
    if (store.objects.containsKey(MARKER) && state(store) == Manifest.State.COMMITTED) {
      assertStands(store);
    } else {
      assertThat(store.objects.keySet()).isSubsetOf(MARKER);
    }
  }

  private static void heal(MemoryStore store) {
    store.refuses = call -> false;
    store.losesAnswerOf = call -> false;
  }

  private static void settle(MemoryStore store, String writer) {
    Batches.settleAll(store, writer, Set.of("one/1/now"), CLOCK);
  }

  private static Manifest.State state(MemoryStore store) {
    return new CommitLog(store).marker(COMMIT).orElseThrow().state();
  }

  private static void fail(MemoryStore store, boolean done, Predicate<String> which) {
    if (done) {
      store.losesAnswerOf = which;
    } else {
      store.refuses = which;
    }
  }

  private static Predicate<String> only(int number) {
    AtomicInteger calls = new AtomicInteger();
    return call -> calls.getAndIncrement() == number;
  }

  private static Predicate<String> from(int number) {
    AtomicInteger calls = new AtomicInteger();
    return call -> calls.getAndIncrement() >= number;
  }

  private static Publisher publisher(MemoryStore store, int tries) {
    CommitLog log = new CommitLog(store);
    return new Publisher(
        store,
        log,
        new Settlement(store, log, "one/1/now", CLOCK),
        Duration.ofMinutes(5),
        () -> {},
        CLOCK,
        new Backoff(Duration.ZERO, Duration.ZERO),
        tries);
  }

  private Manifest manifest() {
    return new Manifest(
        COMMIT,
        Manifest.State.COMMITTED,
        "one/1/now",
        "2026-11-21T11:00:00Z",
        "2026-11-21T11:00:00Z",
        objects.stream()
            .map(
                object ->
                    new Manifest.LandedFile(
                        object.table(),
                        object.key(),
                        object.rows(),
                        object.bytes(),
                        object.sha256()))
            .toList(),
        Map.of(),
        List.of());
  }
}
