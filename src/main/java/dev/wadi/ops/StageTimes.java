package dev.wadi.ops;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Adds up how long the stages of a bulk run take, by the clock and by the CPU time of the threads
 * that work on them. It asks for the time once a piece or a file, never once an event. Thread-safe.
 */
public final class StageTimes {

  /** What a bulk run does, in the data's order. No thread is in two of them at a time. */
  public enum Stage {
    /** Files into records. */
    READ,
    /** Records checked, hashed and flattened. */
    DECODE,
    /** The landing thread waits for records that are decoded. */
    AWAIT_RECORDS,
    /** Duplicates and conflicts told from what lands. */
    DECIDE,
    /** Rows put together in columns. */
    FILL,
    /** Columns written as a file. */
    WRITE,
    /** Files forced to the disk. */
    FSYNC,
    /** Files read again for their checksums. */
    CHECKSUM,
    /** The landing thread waits for the commit before, which is being published. */
    AWAIT_COMMIT,
    /** Intent, objects and marker. */
    PUBLISH,
    /** Keys appended to the ledger. */
    LEDGER
  }

  /** What one stage has taken, over all threads. */
  public record Taken(double seconds, double cpuSeconds) {}

  /** A piece of work that gives a result. */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    T run() throws E;
  }

  /** A piece of work without a result. */
  @FunctionalInterface
  public interface Action<E extends Exception> {
    void run() throws E;
  }

  /** Measures nothing. */
  public static final StageTimes OFF = new StageTimes(null);

  private record Sum(LongAdder nanos, LongAdder cpuNanos) {}

  private final ThreadMXBean threads;
  private final Map<Stage, Sum> sums = new EnumMap<>(Stage.class);

  private StageTimes(ThreadMXBean threads) {
    this.threads = threads;
    for (Stage stage : Stage.values()) {
      sums.put(stage, new Sum(new LongAdder(), new LongAdder()));
    }
  }

  /** Begins at zero. */
  public static StageTimes on() {
    return new StageTimes(ManagementFactory.getThreadMXBean());
  }

  /** Does the work in this thread, as a part of a stage. */
  public <T, E extends Exception> T time(Stage stage, Work<T, E> work) throws E {
    if (threads == null) {
      return work.run();
    }
    long began = System.nanoTime();
    long cpu = threads.getCurrentThreadCpuTime();
    try {
      return work.run();
    } finally {
      Sum sum = sums.get(stage);
      sum.nanos.add(System.nanoTime() - began);
      sum.cpuNanos.add(threads.getCurrentThreadCpuTime() - cpu);
    }
  }

  /** The same for work without a result. */
  public <E extends Exception> void run(Stage stage, Action<E> action) throws E {
    time(
        stage,
        () -> {
          action.run();
          return null;
        });
  }

  /** What each stage has taken so far. */
  public Map<Stage, Taken> taken() {
    Map<Stage, Taken> taken = new EnumMap<>(Stage.class);
    sums.forEach(
        (stage, sum) ->
            taken.put(stage, new Taken(sum.nanos.sum() / 1e9, sum.cpuNanos.sum() / 1e9)));
    return taken;
  }
}
