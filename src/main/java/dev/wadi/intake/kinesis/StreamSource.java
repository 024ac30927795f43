package dev.wadi.intake.kinesis;

import dev.wadi.event.Claims;
import dev.wadi.event.Lines;
import dev.wadi.event.SetupException;
import dev.wadi.intake.BatchRoute;
import dev.wadi.intake.Source;
import dev.wadi.ops.Metrics;
import dev.wadi.ops.SourceStatus;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stream as a source of batches: those of the shards whose leases this process has.
 *
 * <p>One life: started once, paused and resumed any number of times, stopped once.
 */
final class StreamSource implements Source {

  private static final Logger LOG = LoggerFactory.getLogger(StreamSource.class);
  private static final int CHECKPOINTING_THREADS = 4;

  private final StreamSettings settings;
  private final Shards shards = new Shards();
  private final StreamCounts counts;
  private final ThreadFactory threads;
  private final ExecutorService routing;
  private final ScheduledThreadPoolExecutor checkpointing;
  private final Scheduling scheduling;

  /** What a source works with, besides its settings and clients. */
  record Parts(
      BatchRoute route,
      Lines lines,
      Claims claims,
      Metrics metrics,
      SourceStatus status,
      LongSupplier sequence,
      Clock clock) {}

  /**
   * @param worker names this process among those of the application
   */
  StreamSource(StreamSettings settings, Kcl.Clients clients, String worker, Parts parts) {
    this.settings = settings;
    this.threads = daemons("wadi-" + settings.source().replace(':', '-'));
    this.routing = Executors.newCachedThreadPool(threads);
    // what ends after the stop has no checkpoint to move
    this.checkpointing =
        new ScheduledThreadPoolExecutor(
            CHECKPOINTING_THREADS, threads, new ThreadPoolExecutor.DiscardPolicy());
    this.counts = new StreamCounts(parts.metrics(), settings.source(), shards, parts.clock());
    Feeder.Shared feeding =
        new Feeder.Shared(
            settings.source(),
            parts.route(),
            new Permits(settings.permits(), settings.maxBytes()),
            parts.claims(),
            parts.lines(),
            counts,
            routing);
    this.scheduling = new Scheduling(settings, clients, worker, parts.status());
    ShardProcessor.Shared processing =
        new ShardProcessor.Shared(
            settings,
            shards,
            scheduling.leases(),
            new Trust(),
            parts.lines(),
            feeding,
            counts,
            parts.status(),
            parts.sequence(),
            threads,
            checkpointing,
            parts.clock());
    scheduling.processors(() -> new ShardProcessor(processing));
  }

  /**
   * Begins to read.
   *
   * @throws SetupException if there is no such stream, or it can't be asked for
   */
  @Override
  public void start() {
    scheduling.requireStream();
    threads.newThread(scheduling).start();
  }

  /** Hands over no further batch, and soon reads no further; the leases are kept. */
  @Override
  public void pause() {
    shards.pause();
  }

  @Override
  public void resume() {
    shards.resume();
  }

  /**
   * Ends reading at once, lets batches on their way end, moves the checkpoints behind them, and
   * gives the leases up.
   */
  @Override
  public void stop() {
    shards.drain();
    if (!awaitEnded()) {
      LOG.warn(
          "{} stopped while batches were on their way; whoever reads its shards next settles them",
          settings.source());
    }
    shards.end();
    scheduling.stop();
    counts.stop();
    checkpointing.shutdown();
    routing.shutdown();
  }

  private boolean awaitEnded() {
    try {
      return shards.awaitEnded(settings.stopTimeout());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static ThreadFactory daemons(String name) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
