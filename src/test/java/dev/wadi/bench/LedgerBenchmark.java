package dev.wadi.bench;

import dev.wadi.deduplicate.Ledger;
import dev.wadi.deduplicate.OnDamage;
import dev.wadi.deduplicate.SegmentLedger;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * How fast the ledger asks for and takes in batches of which 99% are new, as it grows, and what
 * memory it takes: {@code LedgerBenchmark FOLDER <million keys> <keys a batch>}. The folder must
 * not be there.
 */
public final class LedgerBenchmark {

  private LedgerBenchmark() {}

  /** Fills a ledger, and prints a line for each million keys. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    long keys = Long.parseLong(args[1]) * 1_000_000;
    int batch = Integer.parseInt(args[2]);
    SplittableRandom random = new SplittableRandom(1);
    try (Ledger ledger = SegmentLedger.open(folder, OnDamage.FALL_BACK)) {
      long stored = 0;
      int commit = 0;
      long[] askedHighs = new long[batch];
      long[] askedLows = new long[batch];
      long[] highs = new long[batch];
      long[] lows = new long[batch];
      long[] hashes = new long[batch];
      boolean[] found = new boolean[batch];
      while (stored < keys) {
        long goal = stored + 1_000_000;
        Meter find = new Meter();
        Meter append = new Meter();
        long cpu = cpuNanos();
        long wall = System.nanoTime();
        while (stored < goal) {
          long committed = stored;
          int fresh = 0;
          for (int i = 0; i < batch; i++) {
            boolean again = committed > 0 && random.nextInt(100) == 0;
            long number = again ? random.nextLong(committed) : stored++;
            askedHighs[i] = mix(2 * number);
            askedLows[i] = mix(2 * number + 1);
          }
          Arrays.fill(found, false);
          find.begin();
          ledger.find(askedHighs, askedLows, batch, hashes, found);
          find.end(batch);
          for (int i = 0; i < batch; i++) {
            if (!found[i]) {
              highs[fresh] = askedHighs[i];
              lows[fresh] = askedLows[i];
              fresh++;
            }
          }
          if (fresh != stored - committed) {
            throw new IllegalStateException(fresh + " are new, not " + (stored - committed));
          }
          append.begin();
          ledger.append(String.format("%026d", ++commit), highs, lows, hashes, fresh);
          append.end(fresh);
        }
        System.out.printf(
            "%3d M: find %s, append %s; all %.2f us CPU and %.2f us wall a key; %s%n",
            stored / 1_000_000,
            find,
            append,
            (cpuNanos() - cpu) / 1e9,
            (System.nanoTime() - wall) / 1e9,
            memory());
      }
    }
    long started = System.nanoTime();
    try (Ledger ledger = SegmentLedger.open(folder, OnDamage.FALL_BACK)) {
      System.out.printf(
          "opened again in %.2f s: %,d keys in %,d MB%n",
          (System.nanoTime() - started) / 1e9, ledger.count(), size(folder) >> 20);
    }
  }

  /** Spreads numbers as evenly as hashes are. */
  private static long mix(long n) {
    long z = (n + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }

  private static String memory() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("RssAnon") || line.startsWith("RssFile"))
        .map(line -> line.replaceAll("\\s+", " "))
        .collect(Collectors.joining(", "));
  }

  private static long size(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** The calling thread's time for one kind of call. */
  private static final class Meter {

    private long wall;
    private long cpu;
    private long keys;

    void begin() {
      wall -= System.nanoTime();
      cpu -= ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    void end(int count) {
      wall += System.nanoTime();
      cpu += ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      keys += count;
    }

    @Override
    public String toString() {
      return String.format("%,.0f k/s (%,.0f k per CPU s)", keys * 1e6 / wall, keys * 1e6 / cpu);
    }
  }
}
