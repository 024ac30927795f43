package dev.wadi.land.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wadi.land.CommitLog;
import dev.wadi.land.LakeStore;
import dev.wadi.ops.Backoff;
import dev.wadi.ops.FeedStatus;
import dev.wadi.ops.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A feed on a thread of its own, and what its receiver took. */
final class FeedRun implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(60);

  final List<Landed> taken = new CopyOnWriteArrayList<>();
  final Metrics metrics = new Metrics(new SimpleMeterRegistry(), Clock.systemUTC());
  final FeedStatus status;

  /** Which rows are not taken. */
  volatile Predicate<Landed> refuses = landed -> false;

  /** Of which rows the taking is interrupted. */
  volatile Predicate<Landed> interrupts = landed -> false;

  /** How it ended; null if it did so by itself. */
  volatile Exception thrown;

  private final Feed feed;
  private final Thread thread;

  private FeedRun(FeedLake lake, FeedSettings settings) {
    status = new FeedStatus(settings.name(), metrics, lake.clock());
    CommitReader reader =
        new CommitReader(lake, settings, lake.temporary().resolve(lake.writer().replace("/", "-")));
    feed = new Feed(lake, settings, reader, status);
    thread =
        new Thread(
            () -> {
              try {
                feed.run(this::take);
              } catch (InterruptedException | RuntimeException e) {
                thrown = e;
              }
            });
  }

  static FeedRun of(FeedLake lake, FeedSettings settings) {
    return new FeedRun(lake, settings);
  }

  static FeedLake lake(LakeStore store, Path data, String writer, boolean shared, Clock clock) {
    return new FeedLake(store, new CommitLog(store), data.resolve("feeds"), writer, shared, clock);
  }

  static FeedSettings settings(String name, String table, String from, int maxRows) {
    return settings(name, table, from, maxRows, Duration.ofSeconds(60));
  }

  static FeedSettings settings(
      String name, String table, String from, int maxRows, Duration lease) {
    return new FeedSettings(
        name,
        table,
        FeedSettings.Start.parse(from),
        maxRows,
        1 << 20,
        true,
        Duration.ofMillis(10),
        lease,
        new Backoff(Duration.ofMillis(10), Duration.ofMillis(20)));
  }

  FeedRun start() {
    thread.start();
    return this;
  }

  /** Waits until it has looked at the lake and found nothing more to hand on. */
  FeedRun awaitRest() {
    long looks = status.looks() + 2;
    await().atMost(PATIENCE).until(() -> status.looks() >= looks || status.lastError().isPresent());
    assertThat(status.lastError()).isEmpty();
    return this;
  }

  void awaitError(String part) {
    await()
        .atMost(PATIENCE)
        .until(() -> status.lastError().filter(error -> error.contains(part)).isPresent());
  }

  /** Waits until what failed has succeeded, and all is handed on. */
  void awaitErrorsEnd() {
    long looks = status.looks() + 2;
    await().atMost(PATIENCE).until(() -> status.looks() >= looks);
  }

  /** A column of all rows that were taken. */
  List<Object> column(String name) {
    return taken.stream()
        .flatMap(landed -> landed.rows().stream())
        .map((Map<String, Object> row) -> row.get(name))
        .toList();
  }

  void stop() {
    feed.stop();
  }

  private void take(Landed landed) throws InterruptedException {
    if (interrupts.test(landed)) {
      throw new InterruptedException("a pool of the route was shut down");
    }
    if (refuses.test(landed)) {
      throw new IllegalStateException("the receiver is out");
    }
    taken.add(landed);
  }

  @Override
  public void close() {
    stop();
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    assertThat(thread.isAlive()).isFalse();
  }
}
