package dev.wadi.deduplicate.dynamodb;

import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Threads that wait for the table, as many as there are requests at a time. Thread-safe. */
final class Workers implements AutoCloseable {

  private final int count;
  private final ExecutorService pool;

  Workers(int count) {
    this.count = count;
    AtomicInteger number = new AtomicInteger();
    this.pool =
        Executors.newFixedThreadPool(
            count,
            task -> {
              Thread thread = new Thread(task, "wadi-claims-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Does something with each thing. Returns, or throws the first failure, when nothing is underway
   * any more; after a failure nothing more is begun.
   */
  <T> void forEach(Collection<T> things, Consumer<T> work) {
    Queue<T> left = new ConcurrentLinkedQueue<>(things);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Runnable worker =
        () -> {
          for (T thing = left.poll(); thing != null && failure.get() == null; thing = left.poll()) {
            try {
              work.accept(thing);
            } catch (RuntimeException | Error e) {
              failure.compareAndSet(null, e);
            }
          }
        };
    CompletableFuture.allOf(
            Stream.generate(() -> CompletableFuture.runAsync(worker, pool))
                .limit(Math.min(count, things.size()))
                .toArray(CompletableFuture<?>[]::new))
        .join();
    if (failure.get() instanceof Error e) {
      throw e;
    }
    if (failure.get() instanceof RuntimeException e) {
      throw e;
    }
  }

  /** Interrupts what is underway: it fails then. */
  @Override
  public void close() {
    pool.shutdownNow();
  }
}
