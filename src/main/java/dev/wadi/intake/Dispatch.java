package dev.wadi.intake;

import dev.wadi.ops.Backoff;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;

/**
 * The way of a source's deliveries to the route and back: gathers them into batches, hands these
 * over, has those acknowledged whose account is closed, tries again what an outage fails, and parts
 * and at last isolates what fails by itself. The source receives, the dispatch does the rest.
 *
 * <p>One life: started once, paused and resumed any number of times, stopped once. Thread-safe.
 */
public final class Dispatch<D extends Delivery> {

  private static final int SETTLING_THREADS = 4;

  /** What a stop waits at least, so that what was given up just now is given back. */
  private static final Duration LEAST_STOP = Duration.ofSeconds(1);

  private final DispatchSettings settings;
  private final HeldDeliveries held = new HeldDeliveries();
  private final SourceCounts counts;
  private final Gathering<D> gathering;
  private final GiveBack<D> giveBack;
  private final Consignments<D> consignments;
  private final ConsecutiveFailures failures;
  private final ThreadFactory threads;
  private final ExecutorService routing;
  private final ScheduledExecutorService settling;
  private final Runnable handingOver;
  private volatile boolean paused;
  private volatile long pausedAt;

  /**
   * @param pauses how long to wait after so many failures in a row
   * @param mayHoldMore whether the origin lets the source hold more than it does
   */
  public Dispatch(
      DispatchSettings settings,
      SourceParts parts,
      Origin<D> origin,
      Backoff pauses,
      BooleanSupplier mayHoldMore) {
    this.settings = settings;
    this.threads = new SourceThreads(settings.source());
    this.routing = Executors.newFixedThreadPool(settings.threads(), threads);
    this.settling = Executors.newScheduledThreadPool(SETTLING_THREADS, threads);
    this.failures = new ConsecutiveFailures(pauses);
    this.counts = new SourceCounts(parts.metrics(), settings.source(), held, parts.clock());
    this.gathering =
        new Gathering<>(settings, () -> held.bytes() < settings.maxBytes(), mayHoldMore);
    held.whenLess(gathering::heldLess);
    this.giveBack = new GiveBack<>(origin, held, counts);
    this.consignments = new Consignments<>(gathering, giveBack);
    Settlement<D> settlement =
        new Settlement<>(
            parts.route().id(),
            settings.isolateAfter(),
            pauses,
            new Settlement.Parts<>(
                held,
                gathering,
                consignments,
                origin,
                giveBack,
                parts.claims(),
                counts,
                parts.status(),
                settling));
    this.handingOver = new Handover<>(gathering, consignments, settlement, parts, routing);
  }

  /** Begins to hand batches over. */
  public void start() {
    threads.newThread(handingOver).start();
  }

  /** Waits until there is room for more; false once it has ended. */
  public boolean awaitRoom() throws InterruptedException {
    return gathering.awaitRoom();
  }

  /**
   * Counts deliveries as received: from now on they are held, and each is to be {@linkplain #add
   * added} or {@linkplain #giveBack given back}.
   */
  public void received(Collection<D> deliveries) {
    held.hold(deliveries);
    counts.received(deliveries);
    failures.succeeded();
  }

  /**
   * Counts a delivery as {@linkplain #received received} as soon as the bytes that are held let it
   * be. For who reads on from what was received long ago: it waits for nothing else.
   *
   * @return false if the source is paused or has ended: then it was not received
   */
  public boolean receive(D delivery) throws InterruptedException {
    return gathering.awaitBytes(
        () -> {
          try {
            received(List.of(delivery));
          } catch (RuntimeException | Error e) {
            held.letGo(List.of(delivery));
            throw e;
          }
        });
  }

  /** Counts deliveries that came again though a commit accounts for them, and are acknowledged. */
  public void redelivered(int deliveries) {
    counts.redelivered(deliveries);
  }

  /**
   * Leaves a delivery for the next batch, when there is room.
   *
   * @return false if the source is paused or has ended: then it is still the caller's
   */
  public boolean add(D delivery) throws InterruptedException {
    return gathering.add(delivery);
  }

  /** Gives back what was received and could not be added. */
  public void giveBack(List<D> deliveries) {
    giveBack.received(deliveries);
  }

  /** Nothing is to be received for a time, since it has failed; answers how long that is. */
  public Duration holdOff() {
    return gathering.holdOff(failures);
  }

  /** Whether what is received may be added: it is neither paused nor ended. */
  public boolean isOpen() {
    return gathering.isOpen();
  }

  /** Whether it has ended for good. */
  public boolean hasEnded() {
    return gathering.hasEnded();
  }

  /** How many deliveries are held. */
  public int held() {
    return held.size();
  }

  /**
   * Hands over no further batch, and gives back what was not handed over or waits to be handed over
   * again.
   */
  public void pause() {
    pausedAt = System.nanoTime();
    paused = true;
    giveBack.received(gathering.pause());
    consignments.giveBackWaiting();
  }

  public void resume() {
    paused = false;
    gathering.resume();
  }

  /**
   * Ends receiving at once and lets held batches end, for as long as the settings give. That time
   * began when the source was paused, if it is: a process that has drained doesn't wait a second
   * time.
   *
   * @return whether all have ended; what is left is still settled if it ends later
   */
  public boolean stop() {
    giveBack.received(gathering.end());
    consignments.giveBackWaiting();
    boolean ended = awaitBatches();
    routing.shutdown();
    counts.stop();
    if (ended) {
      settling.shutdown();
    }
    return ended;
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
}
