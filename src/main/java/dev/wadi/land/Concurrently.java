package dev.wadi.land;

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

/**
 * Calls a store for several things at a time, since a call waits for the store most of its time.
 */
final class Concurrently {

  /** The clients have more connections than this. */
  private static final int CALLS = 16;

  private Concurrently() {}

  /**
   * Returns, or throws the first failure, when no call is underway any more, also when interrupted.
   * After a failure no more calls begin.
   */
  static <T> void forEach(Collection<T> things, Consumer<T> call) {
    Queue<T> left = new ConcurrentLinkedQueue<>(things);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Runnable work =
        () -> {
          for (T thing = left.poll(); thing != null && failure.get() == null; thing = left.poll()) {
            try {
              call.accept(thing);
            } catch (RuntimeException | Error e) {
              failure.compareAndSet(null, e);
            }
          }
        };
    AtomicInteger number = new AtomicInteger();
    ExecutorService pool =
        Executors.newCachedThreadPool(
            task -> new Thread(task, "wadi-store-" + number.incrementAndGet()));
    try {
      CompletableFuture.allOf(
              Stream.generate(() -> CompletableFuture.runAsync(work, pool))
                  .limit(Math.min(CALLS, things.size()))
                  .toArray(CompletableFuture<?>[]::new))
          .join();
    } finally {
      pool.shutdown();
    }
    if (failure.get() instanceof Error e) {
      throw e;
    }
    if (failure.get() instanceof RuntimeException e) {
      throw e;
    }
  }
}
