package dev.wadi.bench;

import dev.wadi.deduplicate.BulkDecision;
import dev.wadi.deduplicate.CaffeineClaims;
import dev.wadi.deduplicate.OnDamage;
import dev.wadi.deduplicate.SegmentLedger;
import dev.wadi.event.Batch;
import dev.wadi.event.Claims;
import dev.wadi.event.EventBlock;
import dev.wadi.event.EventKey;
import dev.wadi.event.SourceRecord;
import dev.wadi.event.Tape;
import dev.wadi.event.TextBlock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Told apart what is new, of events of which one in a hundred has landed before, with a ledger of a
 * million keys: for a whole commit at once as an ingest does it, and one by one as the live routes
 * do.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(SimulatedEvents.COUNT)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class DedupBenchmark {

  private static final int LANDED = 1_000_000;
  private static final int COMMIT = 100_000;
  private static final int LANDED_BEFORE_IN = 100;
  private static final long CACHED_KEYS = 100_000;

  private Path folder;
  private SegmentLedger ledger;
  private BulkDecision decision;
  private CaffeineClaims claims;
  private EventBlock block;
  private Batch batch;
  private EventKey[] keys;

  @Setup
  public void setUp() throws IOException {
    folder = Files.createTempDirectory("wadi-dedup-benchmark-");
    ledger = SegmentLedger.open(folder, OnDamage.REFUSE);
    SplittableRandom random = new SplittableRandom(1);
    List<Claims.LandedKey> landed = new ArrayList<>();
    EventKey[] known = new EventKey[LANDED];
    for (int n = 0; n < LANDED; n++) {
      known[n] = new EventKey(random.nextLong(), random.nextLong());
      landed.add(new Claims.LandedKey(known[n], n));
      if (landed.size() == COMMIT) {
        ledger.append(String.format("%026d", n), landed);
        landed.clear();
      }
    }
    TextBlock records = SimulatedEvents.block();
    block = new EventBlock(records, Instant.EPOCH, new Tape());
    keys = new EventKey[records.count()];
    for (int n = 0; n < keys.length; n++) {
      keys[n] =
          n % LANDED_BEFORE_IN == 0
              ? known[random.nextInt(LANDED)]
              : new EventKey(random.nextLong(), random.nextLong());
    }
    List<SourceRecord> simulated = SimulatedEvents.records();
    batch = new Batch("benchmark", 1, simulated, List.of());
    claims = new CaffeineClaims(ledger, CACHED_KEYS);
  }

  /** Undoes what deciding has noted; not measured. */
  @Setup(Level.Invocation)
  public void decideAnew() {
    decision = new BulkDecision(ledger);
    for (int n = 0; n < keys.length; n++) {
      block.event(n, keys[n].high(), keys[n].low(), n, "type", null, Instant.EPOCH);
    }
  }

  @TearDown
  public void tearDown() throws IOException {
    ledger.close();
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** All events of a commit. */
  @Benchmark
  public BulkDecision.Decided bulkDecision() {
    return decision.decide(List.of(block));
  }

  /** Each event claimed, and all claims given up again. */
  @Benchmark
  public int caffeineClaims() {
    int fresh = 0;
    for (int n = 0; n < keys.length; n++) {
      SourceRecord record = batch.records().get(n);
      fresh += claims.claim(batch, record, keys[n], n) instanceof Claims.Fresh ? 1 : 0;
    }
    claims.releaseAll(batch);
    return fresh;
  }
}
