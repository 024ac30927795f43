package dev.wadi.land;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wadi.deduplicate.CaffeineClaims;
import dev.wadi.event.Batch;
import dev.wadi.event.Claims;
import dev.wadi.event.Event;
import dev.wadi.event.Outcome;
import dev.wadi.event.SourceRecord;
import dev.wadi.event.TransientException;
import dev.wadi.land.format.Compression;
import dev.wadi.land.format.JsonLinesFormat;
import dev.wadi.ops.Backoff;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Several landings on one queue and one lake, step by step in an order of a seed: messages that are
 * delivered to two at a time, writers that sleep past their lease or die wherever they are, stores
 * and tables that fail before or after they did what was asked.
 */
@Tag("unit")
class ManyWritersTest {

  private static final int SEEDS = Integer.getInteger("wadi.seeds", 80);
  private static final int MESSAGES = 40;
  private static final Duration LEASE = Duration.ofMinutes(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private final MemoryStore store = new MemoryStore();
  private final CommitLog log = new CommitLog(store);
  private final SettableClock clock = new SettableClock();
  private final Map<String, List<String>> messages = new TreeMap<>();
  private final Map<String, Integer> receives = new HashMap<>();
  private int records;
  private final Set<String> deleted = new HashSet<>();
  private final Map<String, Integer> holders = new HashMap<>();
  private final List<Writer> writers = new ArrayList<>();
  private Random random;
  private MemoryTable table;
  private boolean faults = true;
  private int started;

  static IntStream seeds() {
    return IntStream.rangeClosed(1, SEEDS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void landEachEventOnce(int seed) throws Exception {
    random = new Random(seed);
    table = new MemoryTable(clock, LEASE, () -> faults && random.nextInt(60) == 0);
    store.refuses = call -> faults && !call.startsWith("keys") && random.nextInt(150) == 0;
    store.losesAnswerOf = call -> faults && !call.startsWith("keys") && random.nextInt(150) == 0;
    for (int n = 0; n < MESSAGES; n++) {
      List<String> events = new ArrayList<>();
      for (int more = random.nextInt(3); more >= 0; more--) {
        // many ids come several times, some of them with another payload
        int id = random.nextInt(MESSAGES * 3 / 2);
        events.add(random.nextInt(6) == 0 ? id + "=other" : String.valueOf(id));
      }
      messages.put("m" + n, events);
      records += events.size();
    }
    int count = 2 + random.nextInt(3);
    for (int n = 0; n < count; n++) {
      writers.add(new Writer());
    }
    for (int step = 0; step < 400; step++) {
      Writer writer = writers.get(random.nextInt(count));
      int what = random.nextInt(100);
      if (what < 2) {
        writer.die();
        writers.set(writers.indexOf(writer), new Writer());
      } else if (what < 4) {
        // everybody else goes on behind the lease of whoever sleeps now
        clock.now = clock.now.plus(LEASE).plusSeconds(1);
      } else {
        writer.step();
      }
    }
    faults = false;
    for (int round = 0; deleted.size() < messages.size(); round++) {
      assertThat(round).as("rounds until all is deleted").isLessThan(200);
      clock.now = clock.now.plus(LEASE);
      for (Writer writer : writers) {
        for (int step = 0; step < 10; step++) {
          writer.step();
        }
      }
    }
    for (Writer writer : writers) {
      writer.intents.settleAbandoned();
    }
    assertLaw();
  }

  @Test
  void triesACommitAgainUnderANewIdIfItSleptBeforeItsIntent() throws Exception {
    random = new Random(1);
    table = new MemoryTable(clock, LEASE, () -> false);
    messages.put("m0", List.of("1"));
    records = 1;
    Writer writer = new Writer();
    writers.add(writer);
    AtomicBoolean asleep = new AtomicBoolean(true);
    store.refuses =
        call -> {
          if (call.startsWith("put _wadi/intents/") && asleep.getAndSet(false)) {
            clock.now = clock.now.plus(Landing.LATEST_INTENT).plusSeconds(1);
          }
          return false;
        };
    for (int step = 0; deleted.isEmpty(); step++) {
      assertThat(step).as("steps until it has landed").isLessThan(200);
      writer.step();
      clock.now = clock.now.plus(Duration.ofSeconds(1));
    }
    assertThat(asleep).isFalse();
    assertThat(log.settledAfter(null))
        .extracting(commit -> log.marker(commit).orElseThrow().state())
        .containsExactly(Manifest.State.ABORTED, Manifest.State.COMMITTED);
    assertLaw();
  }

  private void assertLaw() throws IOException {
    Map<String, List<String>> landed = new TreeMap<>();
    Set<String> setAside = new HashSet<>();
    Map<String, Integer> deliveries = new TreeMap<>();
    Set<String> named = new HashSet<>();
    int accounted = 0;
    for (String commit : log.settledAfter(null)) {
      Manifest marker = log.marker(commit).orElseThrow();
      for (Manifest.SourceCount source : marker.sources().values()) {
        accounted += (int) source.received();
        source.deliveries().forEach(one -> deliveries.merge(one, 1, Integer::sum));
      }
      for (Manifest.LandedFile file : marker.files()) {
        named.add(file.key());
        if (file.table().equals("events")) {
          rows(file.key())
              .forEach((id, at) -> landed.computeIfAbsent(id, k -> new ArrayList<>()).addAll(at));
        } else {
          setAside.addAll(rows(file.key()).keySet());
        }
      }
    }
    assertThat(landed.values()).as("rows of each event").allMatch(rows -> rows.size() == 1);
    assertThat(landed.keySet()).as("what the copies are copies of").containsAll(setAside);
    assertThat(accounted).as("received, redelivered left out").isEqualTo(records);
    assertThat(deliveries.keySet()).isEqualTo(messages.keySet());
    assertThat(deliveries.values()).as("each accounted for once").containsOnly(1);
    assertThat(store.objects.keySet())
        .as("objects that no marker names")
        .filteredOn(key -> !key.startsWith("_wadi/") && !named.contains(key))
        .isEmpty();
  }

  private Map<String, List<String>> rows(String key) throws IOException {
    Map<String, List<String>> rows = new HashMap<>();
    for (String line : new String(store.objects.get(key), StandardCharsets.UTF_8).split("\n")) {
      rows.computeIfAbsent(JSON.readTree(line).get("event_id").asText(), k -> new ArrayList<>())
          .add(key);
    }
    return rows;
  }

  /** One process: takes messages, and leads a commit step by step. */
  private final class Writer {

    private final int number = ++started;
    private final CaffeineClaims claims = CaffeineClaims.ofFlight();
    private final OpenIntents intents;
    private final Landing landing;
    private final List<Batch> waiting = new ArrayList<>();
    private final Map<Batch, List<String>> receipts = new HashMap<>();
    private final Set<String> held = new HashSet<>();
    private Commit commit;
    private int published;
    private int left;

    Writer() {
      String name = "writer/" + number + "/now";
      Settlement settlement = new Settlement(store, log, name, clock);
      intents = new OpenIntents(log, settlement, name, Set.of(), clock, OpenIntents.GRACE);
      Epochs epochs = new Epochs(store, name, clock);
      boolean calm = faults;
      faults = false;
      if (epochs.enterShared("claims")) {
        epochs.ready("claims");
      }
      faults = calm;
      landing =
          new Landing(
              new Landing.Cut(1_000, 1L << 30, Duration.ZERO, Duration.ZERO),
              new Landing.Parts(
                  Batches.stager(
                      folder.resolve("w" + number), store, new JsonLinesFormat(Compression.NONE)),
                  log,
                  settlement,
                  claims,
                  table.of(intents),
                  new Batches.NoLines(),
                  (done, deliveries) -> {},
                  new CommitIds(clock, new Random(random.nextLong()), null),
                  new Tenure(name, epochs, LEASE),
                  clock,
                  new Backoff(Duration.ZERO, Duration.ZERO),
                  LandingTest.listening(() -> {})),
              Duration.ZERO);
    }

    void step() throws InterruptedException {
      if (commit == null) {
        if (waiting.isEmpty() || random.nextInt(3) == 0) {
          receive();
        } else {
          try {
            commit = landing.next().orElse(null);
            published = 0;
          } catch (TransientException e) {
            // the route's consumer waits and asks again
          }
        }
      } else if (published < commit.objects().size()) {
        publish();
      } else {
        end(null);
      }
    }

    private void publish() throws InterruptedException {
      StagedObject object = commit.objects().get(published);
      try {
        store.publish(List.of(object));
        landing.published(commit, object);
        published++;
      } catch (TransientException e) {
        if (++left % 3 == 0) {
          end(e);
        }
      }
    }

    private void end(Exception failure) throws InterruptedException {
      Exception cause = failure;
      if (cause == null) {
        try {
          landing.commit(commit);
        } catch (TransientException e) {
          cause = e;
        }
      }
      landing.end(commit, cause);
      commit = null;
    }

    private void receive() {
      List<String> taken = new ArrayList<>();
      for (String message : messages.keySet()) {
        boolean hidden = holders.getOrDefault(message, 0) > 0;
        if (!deleted.contains(message)
            && !held.contains(message)
            && (!hidden || random.nextInt(12) == 0)
            && random.nextInt(4) == 0
            && taken.size() < 4) {
          taken.add(message);
        }
      }
      if (taken.isEmpty()) {
        return;
      }
      taken.forEach(message -> holders.merge(message, 1, Integer::sum));
      held.addAll(taken);
      Batch batch = batch(taken);
      waiting.add(batch);
      receipts.put(batch, taken);
      CompletableFuture<Void> landed = landing.stage(batch);
      landed.whenComplete((done, failure) -> ended(batch, failure == null));
    }

    private Batch batch(List<String> taken) {
      List<SourceRecord> held = new ArrayList<>();
      for (String id : taken) {
        int attempts = receives.merge(id, 1, Integer::sum);
        List<String> events = messages.get(id);
        for (int n = 0; n < events.size(); n++) {
          byte[] bytes = events.get(n).getBytes(StandardCharsets.UTF_8);
          held.add(new SourceRecord("sqs:events", id + "#" + n, bytes, clock.instant(), attempts));
        }
      }
      Batch batch = new Batch("sqs:events", number * 1_000_000L + left++, held, taken);
      for (SourceRecord record : held) {
        if (record.attempts() == 1 && random.nextInt(5) == 0) {
          // a step that is mended when the message comes again
          batch.account().put(record, new Outcome.Filtered("flaky"));
          continue;
        }
        Event event = Batches.event(record, new String(record.bytes(), StandardCharsets.UTF_8));
        Claims.Answer answer = claims.claim(batch, record, event.key(), event.payloadHash());
        assertThat(answer).isInstanceOfAny(Claims.Fresh.class, Claims.InFlight.class);
        batch.account().put(record, new Outcome.Candidate("events", event, Map.of()));
      }
      return batch;
    }

    private void ended(Batch batch, boolean landed) {
      waiting.remove(batch);
      List<String> ids = receipts.remove(batch);
      if (landed) {
        assertThat(batch.account().isClosed()).isTrue();
        deleted.addAll(ids);
      }
      held.removeAll(ids);
      ids.forEach(id -> holders.merge(id, -1, Integer::sum));
    }

    /** As SIGKILL does; what it held shows again in the queue. */
    void die() {
      held.forEach(id -> holders.merge(id, -1, Integer::sum));
    }
  }

  private static final class SettableClock extends Clock {
    private Instant now = Batches.NOW;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
