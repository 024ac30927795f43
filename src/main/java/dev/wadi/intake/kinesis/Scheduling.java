package dev.wadi.intake.kinesis;

import dev.wadi.event.SetupException;
import dev.wadi.ops.Backoff;
import dev.wadi.ops.SourceStatus;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.coordinator.WorkerStateChangeListener;
import software.amazon.kinesis.processor.ShardRecordProcessor;

/**
 * Runs the client library's scheduler, and another one whenever it could not begin, until it is
 * stopped. Run by one thread, stopped by another.
 */
final class Scheduling implements Runnable, WorkerStateChangeListener {

  private static final Logger LOG = LoggerFactory.getLogger(Scheduling.class);
  private static final Backoff PAUSES = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

  /** Its shards are drained by then, so it has only leases to give up. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final StreamSettings settings;
  private final Kcl.Clients clients;
  private final String worker;
  private final SourceStatus status;
  private final CountDownLatch ended = new CountDownLatch(1);
  private Supplier<ShardRecordProcessor> processors;
  private Thread thread;
  private boolean begun;
  private boolean stopping;
  private volatile Scheduler scheduler;

  Scheduling(StreamSettings settings, Kcl.Clients clients, String worker, SourceStatus status) {
    this.settings = settings;
    this.clients = clients;
    this.worker = worker;
    this.status = status;
  }

  /** What makes the processor of each lease; set before it runs. */
  void processors(Supplier<ShardRecordProcessor> given) {
    processors = given;
  }

  Leases leases() {
    return new KclLeases(() -> scheduler);
  }

  /**
   * Makes sure of the stream.
   *
   * @throws SetupException if there is none, or it can't be asked for
   */
  void requireStream() {
    try {
      clients
          .kinesis()
          .describeStreamSummary(describe -> describe.streamName(settings.stream()))
          .join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ResourceNotFoundException) {
        throw new SetupException(
            "there is no stream "
                + settings.stream()
                + ": create it, or set wadi.intake.stream to one",
            e);
      }
      throw new SetupException(
          "the stream "
              + settings.stream()
              + " can't be asked for ("
              + e.getCause().getMessage()
              + "): check its endpoint, the credentials and kinesis:DescribeStreamSummary",
          e);
    }
  }

  @Override
  public void run() {
    try {
      for (int failures = 1; prepare(); failures++) {
        scheduler.run();
        failures = hasBegun() ? 1 : failures;
        if (isStopping()) {
          return;
        }
        LOG.error("reading {} could not begin or has ended: it begins again", settings.source());
        PAUSES.pause(failures);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended.countDown();
    }
  }

  @Override
  public void onWorkerStateChange(WorkerState state) {
    if (state == WorkerState.STARTED) {
      begin();
    }
  }

  @Override
  public void onAllInitializationAttemptsFailed(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    status.failed(String.valueOf(cause.getMessage()));
  }

  /** Gives the leases up and ends the scheduler. */
  void stop() {
    Scheduler running = interruptUnlessBegun();
    try {
      if (running != null) {
        running.startGracefulShutdown().get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (TimeoutException | ExecutionException e) {
      LOG.warn(
          "the leases of {} could not be given up in time; they run out: {}",
          settings.source(),
          e.toString());
      running.shutdown();
    } catch (InterruptedException e) {
      running.shutdown();
      Thread.currentThread().interrupt();
    }
    awaitEnd();
  }

  private synchronized boolean prepare() {
    if (stopping) {
      return false;
    }
    thread = Thread.currentThread();
    begun = false;
    scheduler = Kcl.scheduler(settings, clients, worker, processors::get, this);
    return true;
  }

  private synchronized void begin() {
    begun = true;
  }

  private synchronized boolean hasBegun() {
    return begun;
  }

  private synchronized boolean isStopping() {
    return stopping;
  }

  /** The scheduler to be ended; null if it has not come to begin, and is broken off there. */
  private synchronized Scheduler interruptUnlessBegun() {
    stopping = true;
    if (begun) {
      return scheduler;
    }
    if (thread == null) {
      ended.countDown();
    } else {
      thread.interrupt();
    }
    return null;
  }

  private void awaitEnd() {
    try {
      if (!ended.await(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("the reading of {} takes longer to end", settings.source());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
