package dev.wadi.deduplicate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.event.Batch;
import dev.wadi.event.Claims.Answer;
import dev.wadi.event.Claims.Fresh;
import dev.wadi.event.Claims.InFlight;
import dev.wadi.event.Claims.LandedKey;
import dev.wadi.event.EventKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Claims by threads that really race, over a ledger in memory and over one on disk. */
@Tag("unit")
class ClaimsRaceTest {

  private static final int THREADS = 4;

  @TempDir Path folder;

  @Test
  void oneOfManyThreadsGetsAKey() throws Exception {
    CaffeineClaims claims = new CaffeineClaims(new LedgerInMemory(), 100);
    CyclicBarrier start = new CyclicBarrier(THREADS);
    AtomicInteger fresh = new AtomicInteger();
    int rounds = 2000;
    race(
        thread -> {
          Batch batch = Keys.batch(thread, 1);
          for (int round = 0; round < rounds; round++) {
            start.await();
            if (claim(claims, batch, round) instanceof Fresh) {
              fresh.incrementAndGet();
            }
          }
          return null;
        });
    assertThat(fresh).hasValue(rounds);
  }

  @Test
  void aKeyIsConfirmedOnceHoweverClaimsReleasesAndConfirmationsInterleave() throws Exception {
    LedgerInMemory ledger = new LedgerInMemory();
    ledger.afterFind = Thread::yield;
    confirmsEachKeyOnce(new CaffeineClaims(ledger, 50), 400, 5_000);
  }

  @Test
  void theSameHoldsWithSegmentsThatAreMergedMeanwhile() throws Exception {
    try (SegmentLedger ledger = SegmentLedger.open(folder, OnDamage.FALL_BACK)) {
      confirmsEachKeyOnce(new CaffeineClaims(ledger, 50), 300, 150);
      assertThat(ledger.findAll(keys(300)).size()).isPositive();
    }
  }

  private void confirmsEachKeyOnce(CaffeineClaims claims, int keys, int turns) throws Exception {
    Map<EventKey, Integer> confirmed = new ConcurrentHashMap<>();
    AtomicInteger commits = new AtomicInteger();
    race(
        thread -> {
          Random random = new Random(thread);
          for (int turn = 0; turn < turns; turn++) {
            Batch batch = Keys.batch(thread, 1);
            List<LandedKey> mine = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
              int key = random.nextInt(keys / 4) * 4 + i; // no key twice in one batch
              if (claim(claims, batch, key) instanceof Fresh) {
                mine.add(new LandedKey(Keys.key(key), key));
              }
            }
            if (random.nextInt(4) == 0) {
              claims.releaseAll(batch);
            } else {
              confirm(claims, commits, mine);
              mine.forEach(one -> confirmed.merge(one.key(), 1, Integer::sum));
              claims.releaseAll(batch);
            }
          }
          return null;
        });
    assertThat(confirmed).isNotEmpty().allSatisfy((key, times) -> assertThat(times).isEqualTo(1));
    assertThat(claims.held()).isZero();
    Batch later = Keys.batch(99, 1);
    confirmed
        .keySet()
        .forEach(
            key ->
                assertThat(claims.claim(later, later.records().get(0), key, 0))
                    .isNotInstanceOfAny(Fresh.class, InFlight.class));
  }

  // one commit at a time, with rising ids, as the protocol has it
  private synchronized void confirm(
      CaffeineClaims claims, AtomicInteger commits, List<LandedKey> landed) {
    claims.confirm(Keys.commit(commits.incrementAndGet()), landed);
  }

  private static Answer claim(CaffeineClaims claims, Batch batch, int key) {
    return claims.claim(batch, batch.records().get(0), Keys.key(key), key);
  }

  private static List<EventKey> keys(int count) {
    List<EventKey> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(Keys.key(i));
    }
    return keys;
  }

  private interface Racer {
    Void run(int thread) throws Exception;
  }

  private static void race(Racer racer) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<Void>> racers = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int number = thread;
        racers.add(() -> racer.run(number));
      }
      for (Future<Void> future : threads.invokeAll(racers)) {
        future.get();
      }
    } finally {
      threads.shutdown();
    }
  }
}
