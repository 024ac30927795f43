package dev.wadi.intake;

import dev.wadi.event.Claims;
import dev.wadi.event.Deliveries;
import dev.wadi.event.OriginalBytes;
import dev.wadi.ops.Backoff;
import dev.wadi.ops.Metrics;
import dev.wadi.ops.SourceStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A queue as a source of batches. It deletes messages only for a batch whose account is closed,
 * keeps every message hidden that it holds, tries again what fails, and gives back what is left
 * when it stops.
 *
 * <p>One life: started once, paused and resumed any number of times, stopped once.
 */
final class SqsSource {

  private static final Logger LOG = LoggerFactory.getLogger(SqsSource.class);

  /** How long to wait after failures in a row. */
  static final Backoff PAUSES = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

  private static final Backoff DELETE_PAUSES =
      new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));
  private static final int TENDING_THREADS = 4;

  /** What a stop waits at least, so that what was given up just now is given back. */
  private static final Duration LEAST_STOP = Duration.ofSeconds(1);

  private final SqsSettings settings;
  private final HeldMessages held = new HeldMessages();
  private final Gathering gathering;
  private final SourceCounts counts;
  private final GiveBack giveBack;
  private final Consignments consignments;
  private final VisibilityExtender extender;
  private final Runnable receiving;
  private final Runnable handingOver;
  private final ThreadFactory threads;
  private final ExecutorService routing;
  private final ScheduledExecutorService extending;
  private final ScheduledExecutorService settling;
  private volatile boolean paused;
  private volatile long pausedAt;

  /**
   * @param route where batches go
   * @param sequence numbers for batches, rising by one over all sources of the process
   * @param store has the bytes of replays that were too many for a message
   * @param pauses how long to wait after so many failures in a row
   * @param clock the time of receipt and of visibility
   */
  SqsSource(
      SqsSettings settings,
      SqsQueue queue,
      BatchRoute route,
      Deliveries deliveries,
      Claims claims,
      OriginalBytes store,
      Metrics metrics,
      SourceStatus status,
      LongSupplier sequence,
      Backoff pauses,
      Clock clock) {
    this.settings = settings;
    this.threads = daemons("wadi-" + settings.source().replace(':', '-'));
    this.routing = Executors.newFixedThreadPool(settings.receivers(), threads);
    this.extending = Executors.newScheduledThreadPool(TENDING_THREADS, threads);
    this.settling = Executors.newScheduledThreadPool(TENDING_THREADS, threads);
    this.gathering = new Gathering(settings, this::mayHoldMore);
    this.counts = new SourceCounts(metrics, settings.source(), held, clock);
    this.giveBack = new GiveBack(queue, held, counts);
    Acknowledger acknowledger = new Acknowledger(queue, counts, DELETE_PAUSES, settling);
    Admission admission = new Admission(settings, held, deliveries, acknowledger, giveBack, counts);
    this.consignments = new Consignments(gathering, giveBack);
    Settlement settlement =
        new Settlement(
            route.id(),
            settings.isolation().after(),
            pauses,
            new Settlement.Parts(
                held,
                gathering,
                consignments,
                acknowledger,
                giveBack,
                claims,
                counts,
                status,
                settling));
    this.extender = new VisibilityExtender(queue, held, settings.visibility(), clock, extending);
    this.receiving =
        new Receiver(
            settings,
            queue,
            new MessageOpener(settings, store),
            admission,
            gathering,
            giveBack,
            status,
            new ConsecutiveFailures(pauses),
            clock);
    this.handingOver =
        new Handover(gathering, consignments, route, settlement, metrics, sequence, routing);
  }

  /** Begins to receive. */
  void start() {
    extender.start();
    threads.newThread(handingOver).start();
    for (int i = 0; i < settings.receivers(); i++) {
      threads.newThread(receiving).start();
    }
  }

  /**
   * Hands over no further batch and gives back what was not handed over, or waits to be handed over
   * again. A receive that waits in the queue is not cut off, because what it brings would be hidden
   * from everybody: it is given back when it comes.
   */
  void pause() {
    pausedAt = System.nanoTime();
    paused = true;
    giveBack.received(gathering.pause(), Duration.ZERO);
    consignments.giveBackWaiting();
  }

  void resume() {
    paused = false;
    gathering.resume();
  }

  /** How many messages are held: received, and neither deleted nor given back. */
  int held() {
    return held.size();
  }

  /**
   * Ends receiving at once, lets held batches end, and stops. What is still held when the time that
   * the settings give is up comes back when its visibility timeout runs out. That time began when
   * the source was paused, if it is: a process that has drained doesn't wait a second time.
   */
  void stop() {
    giveBack.received(gathering.end(), Duration.ZERO);
    consignments.giveBackWaiting();
    boolean ended = awaitBatches();
    extending.shutdownNow();
    routing.shutdown();
    counts.stop();
    if (ended) {
      settling.shutdown();
    } else {
      // its threads stay, so that what ends later is still settled
      LOG.warn(
          "{} stopped while it held {} messages; the queue delivers them again within {} s",
          settings.source(),
          held.size(),
          settings.visibility().toSeconds());
    }
  }

  /** Whether what another receive brings may be held beside what is. */
  private boolean mayHoldMore() {
    int calls = settings.receivers() * SqsQueue.CALL_SIZE;
    return held.size() <= SqsSettings.MOST_IN_FLIGHT - calls && held.bytes() < settings.maxBytes();
  }

  private boolean awaitBatches() {
    try {
      Duration left = settings.stopTimeout();
      if (paused) {
        left = left.minusNanos(System.nanoTime() - pausedAt);
      }
      return gathering.awaitBatches(left.compareTo(LEAST_STOP) < 0 ? LEAST_STOP : left);
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
