package dev.wadi.bench;

import dev.wadi.intake.file.Block;
import dev.wadi.intake.file.FileSource;
import dev.wadi.intake.file.Input;
import dev.wadi.intake.file.Limits;
import dev.wadi.intake.file.Piece;
import dev.wadi.intake.file.Resume;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * How fast files are split into records, without decoding: {@code FileReadBenchmark <threads>
 * <rounds> FILE...}. Prints megabytes of content a second by the clock and by the process's CPU
 * time, for each round.
 */
public final class FileReadBenchmark {

  private FileReadBenchmark() {}

  /** Reads the files as often as told. */
  public static void main(String[] args) throws Exception {
    int threads = Integer.parseInt(args[0]);
    int rounds = Integer.parseInt(args[1]);
    List<Input> inputs = Arrays.stream(args).skip(2).map(Input::file).toList();
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    for (int round = 0; round < rounds; round++) {
      long started = System.nanoTime();
      long cpu = cpuNanos();
      long[] sum = read(inputs, workers, threads);
      double seconds = (System.nanoTime() - started) / 1e9;
      double cpuSeconds = (cpuNanos() - cpu) / 1e9;
      System.out.printf(
          "%,d records, %,d MB: %.2f s, %,.0f MB/s; %.2f CPU s, %,.0f MB and %,.0f k records a CPU"
              + " second%n",
          sum[0],
          sum[1] >> 20,
          seconds,
          sum[1] / 1048576.0 / seconds,
          cpuSeconds,
          sum[1] / 1048576.0 / cpuSeconds,
          sum[0] / 1e3 / cpuSeconds);
    }
    workers.shutdown();
  }

  private static long[] read(List<Input> inputs, ExecutorService workers, int threads)
      throws Exception {
    List<Future<Integer>> counts = new ArrayList<>();
    Semaphore ahead = new Semaphore(2 * threads);
    long bytes = 0;
    try (FileSource source = FileSource.open(inputs, null, Resume.NOTHING, Limits.DEFAULT)) {
      for (Piece piece = source.next(); piece != null; piece = source.next()) {
        bytes += piece.to() - piece.from();
        ahead.acquire();
        Piece mine = piece;
        counts.add(
            workers.submit(
                () -> {
                  Block block = mine.read();
                  ahead.release();
                  return block.count();
                }));
      }
    }
    long records = 0;
    for (Future<Integer> count : counts) {
      records += count.get();
    }
    return new long[] {records, bytes};
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
