package dev.wadi.land.format;

import dev.wadi.event.TransientException;
import dev.wadi.ops.StageTimes;
import dev.wadi.ops.StageTimes.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The local folder where a commit's files lie until they are in the lake, {@code
 * <folder>/<commit>/<commit>-<n>.<extension>}. Nothing in it is needed after a crash. One process
 * uses it, which holds the data folder's lock; thread-safe.
 */
public final class Staging implements AutoCloseable {

  private final Path folder;
  private final FileFormat format;
  private final int workers;
  private final StageTimes times;
  private final ExecutorService pool;
  private final ThreadLocal<RowMemory> memories = ThreadLocal.withInitial(RowMemory::new);

  /**
   * @param folder made when it is needed
   * @param format closed by its owner, not here
   * @param workers how many files are written at a time; each takes a core
   */
  public Staging(Path folder, FileFormat format, int workers) {
    this(folder, format, workers, StageTimes.OFF);
  }

  /** The same, measured. */
  public Staging(Path folder, FileFormat format, int workers, StageTimes times) {
    this.folder = folder;
    this.format = format;
    this.workers = workers;
    this.times = times;
    AtomicInteger number = new AtomicInteger();
    this.pool =
        Executors.newFixedThreadPool(
            workers,
            work -> {
              Thread thread = new Thread(work, "wadi-stage-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Writes the files of a commit, the largest first. On return all of them and their folder are
   * fsynced; if one fails, none is left.
   *
   * @param commit the commit's id, a name that no other commit has
   * @param files the rows of each
   * @return in the order given
   * @throws TransientException if a file can't be written, or the thread is interrupted
   */
  public List<FileStats> write(String commit, List<RowsToWrite> files) {
    Path target = folder.resolve(commit);
    try {
      Files.createDirectories(target);
      List<FileStats> stats = writeAll(target, commit, files);
      Durable.folder(target);
      return stats;
    } catch (IOException e) {
      TransientException failure = WriteFailure.of(target, e);
      undo(commit, failure);
      throw failure;
    } catch (RuntimeException | Error e) {
      undo(commit, e);
      throw e;
    }
  }

  /** Deletes what is staged for a commit, if anything is. */
  public void discard(String commit) {
    delete(folder.resolve(commit));
  }

  /** Deletes everything that an earlier process left. To be called before anything is written. */
  public void sweep() {
    delete(folder);
  }

  @Override
  public void close() {
    pool.shutdown();
  }

  private List<FileStats> writeAll(Path target, String commit, List<RowsToWrite> files) {
    FileStats[] stats = new FileStats[files.size()];
    Queue<Integer> left = largestFirst(files);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Runnable work =
        () -> {
          RowMemory memory = memories.get();
          for (Integer n = left.poll(); n != null && failure.get() == null; n = left.poll()) {
            Path file = target.resolve(commit + "-" + n + "." + format.extension());
            try {
              RowsToWrite toWrite = files.get(n);
              Rows rows = times.time(Stage.FILL, () -> toWrite.rows(memory));
              stats[n] = format.write(rows, file);
              rows.release();
            } catch (RuntimeException | Error e) {
              failure.compareAndSet(null, e);
            }
          }
        };
    // join waits even when interrupted, so that nobody writes into a folder that is given up
    CompletableFuture.allOf(
            Stream.generate(() -> CompletableFuture.runAsync(work, pool))
                .limit(workers)
                .toArray(CompletableFuture<?>[]::new))
        .join();
    if (failure.get() instanceof Error e) {
      throw e;
    }
    if (failure.get() instanceof RuntimeException e) {
      throw e;
    }
    return List.of(stats);
  }

  private static Queue<Integer> largestFirst(List<RowsToWrite> files) {
    Queue<Integer> numbers = new ConcurrentLinkedQueue<>();
    IntStream.range(0, files.size())
        .boxed()
        .sorted(Comparator.comparingLong((Integer n) -> files.get(n).weight()).reversed())
        .forEach(numbers::add);
    return numbers;
  }

  private void undo(String commit, Throwable failure) {
    try {
      discard(commit);
    } catch (TransientException e) {
      failure.addSuppressed(e);
    }
  }

  private static void delete(Path target) {
    if (Files.notExists(target)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(target)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new TransientException("can't delete staged files in %s: %s".formatted(target, e), e);
    }
  }
}
