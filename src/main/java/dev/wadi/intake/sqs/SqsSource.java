package dev.wadi.intake.sqs;

import dev.wadi.event.OriginalBytes;
import dev.wadi.intake.Dispatch;
import dev.wadi.intake.Source;
import dev.wadi.intake.SourceParts;
import dev.wadi.intake.SourceThreads;
import dev.wadi.ops.Backoff;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A queue as a source of batches. It deletes messages only for a batch whose account is closed,
 * keeps every message hidden that it holds, tries again what fails, and gives back what is left
 * when it stops.
 *
 * <p>One life: started once, paused and resumed any number of times, stopped once.
 */
final class SqsSource implements Source {

  private static final Logger LOG = LoggerFactory.getLogger(SqsSource.class);

  /** How long to wait after failures in a row. */
  static final Backoff PAUSES = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

  private static final Backoff DELETE_PAUSES =
      new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));
  private static final int TENDING_THREADS = 4;

  private final SqsSettings settings;
  private final HeldMessages held = new HeldMessages();
  private final Dispatch<MessageDelivery> dispatch;
  private final VisibilityExtender extender;
  private final Runnable receiving;
  private final ThreadFactory threads;
  private final ScheduledExecutorService extending;
  private final ScheduledExecutorService deleting;

  /**
   * @param store has the bytes of replays that were too many for a message
   * @param pauses how long to wait after so many failures in a row
   */
  SqsSource(
      SqsSettings settings,
      SqsQueue queue,
      SourceParts parts,
      OriginalBytes store,
      Backoff pauses) {
    this.settings = settings;
    this.threads = new SourceThreads(settings.source());
    this.extending = Executors.newScheduledThreadPool(TENDING_THREADS, threads);
    this.deleting = Executors.newScheduledThreadPool(TENDING_THREADS, threads);
    Acknowledger acknowledger = new Acknowledger(queue, DELETE_PAUSES, deleting);
    ShowAgain showAgain = new ShowAgain(queue, held);
    SqsOrigin origin = new SqsOrigin(held, acknowledger, showAgain);
    this.dispatch = new Dispatch<>(settings.dispatch(), parts, origin, pauses, this::mayHideMore);
    Admission admission =
        new Admission(settings, held, parts.deliveries(), acknowledger, showAgain, dispatch);
    this.extender =
        new VisibilityExtender(queue, held, settings.visibility(), parts.clock(), extending);
    this.receiving =
        new Receiver(
            settings,
            queue,
            new MessageOpener(settings, store),
            admission,
            dispatch,
            showAgain,
            parts.status(),
            parts.clock());
  }

  /** Begins to receive. */
  @Override
  public void start() {
    extender.start();
    dispatch.start();
    for (int i = 0; i < settings.receivers(); i++) {
      threads.newThread(receiving).start();
    }
  }

  /**
   * Hands over no further batch and gives back what was not handed over, or waits to be handed over
   * again. A receive that waits in the queue is not cut off, because what it brings would be hidden
   * from everybody: it is given back when it comes.
   */
  @Override
  public void pause() {
    dispatch.pause();
  }

  @Override
  public void resume() {
    dispatch.resume();
  }

  /** How many messages are held: received, and neither deleted nor given back. */
  int held() {
    return held.size();
  }

  /**
   * Ends receiving at once, lets held batches end, and stops. What is still held when the time that
   * the settings give is up comes back when its visibility timeout runs out.
   */
  @Override
  public void stop() {
    boolean ended = dispatch.stop();
    extending.shutdownNow();
    if (ended) {
      deleting.shutdown();
    } else {
      // its threads stay, so that what ends later is still deleted
      LOG.warn(
          "{} stopped while it held {} messages; the queue delivers them again within {} s",
          settings.source(),
          held.size(),
          settings.visibility().toSeconds());
    }
  }

  /** Whether the queue would hide what another receive of every thread brings. */
  private boolean mayHideMore() {
    return held.size() <= SqsSettings.MOST_IN_FLIGHT - settings.receivers() * SqsQueue.CALL_SIZE;
  }
}
