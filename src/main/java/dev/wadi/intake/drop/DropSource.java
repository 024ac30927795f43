package dev.wadi.intake.drop;

import dev.wadi.intake.Dispatch;
import dev.wadi.intake.Source;
import dev.wadi.intake.SourceParts;
import dev.wadi.intake.SourceThreads;
import dev.wadi.intake.sqs.HeldQueue;
import dev.wadi.ops.Backoff;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Dropped objects as a source of batches: notifications of them are received, and deleted when a
 * commit accounts for every record of what they name.
 *
 * <p>One life: started once, paused and resumed any number of times, stopped once.
 */
final class DropSource implements Source {

  private static final Logger LOG = LoggerFactory.getLogger(DropSource.class);

  /** How long to wait after failures in a row. */
  static final Backoff PAUSES = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

  private static final int ENDING_THREADS = 4;
  private static final int ACTING_THREADS = 8;

  /** A queue's call gives so many messages. */
  private static final int CALL_SIZE = 10;

  private final DropSettings settings;
  private final HeldQueue queue;
  private final ThreadFactory threads;
  private final ExecutorService fetching;
  private final ExecutorService ending;
  private final ExecutorService acting;
  private final Dispatch<DropDelivery> dispatch;
  private final Runnable receiving;

  /**
   * @param queue what has the notifications
   * @param pauses how long to wait after so many failures in a row
   */
  DropSource(
      DropSettings settings, HeldQueue queue, S3Client s3, SourceParts parts, Backoff pauses) {
    this.settings = settings;
    this.queue = queue;
    this.threads = new SourceThreads(settings.source());
    this.fetching = Executors.newFixedThreadPool(settings.fetches(), threads);
    this.ending = Executors.newFixedThreadPool(ENDING_THREADS, threads);
    this.acting = Executors.newFixedThreadPool(ACTING_THREADS, threads);
    ObjectStore store = new ObjectStore(s3);
    Errands errands = new Errands();
    AfterLanding after =
        new AfterLanding(
            settings.after(), settings.moveTo(), store, parts.metrics(), pauses, acting);
    Endings endings =
        new Endings(errands, queue, after, settings.redeliveryDelay(), fetching, ending);
    int calls = settings.receivers() * CALL_SIZE;
    this.dispatch =
        new Dispatch<>(settings.dispatch(), parts, endings, pauses, () -> queue.mayHold(calls));
    endings.dispatchBy(dispatch);
    DropCounts counts = new DropCounts(parts.metrics());
    Fetcher fetcher =
        new Fetcher(
            settings,
            store,
            parts.deliveries(),
            new DeliveryMaker(settings.source(), settings.isolation().receives(), parts.clock()),
            endings,
            dispatch,
            counts,
            parts.status(),
            pauses);
    this.receiving =
        new NoticeReceiver(
            settings,
            queue,
            errands,
            after,
            dispatch,
            endings,
            fetcher,
            fetching,
            counts,
            parts.status());
  }

  /** Begins to receive. */
  @Override
  public void start() {
    queue.start();
    dispatch.start();
    for (int i = 0; i < settings.receivers(); i++) {
      threads.newThread(receiving).start();
    }
  }

  /** Hands over no further batch, and gives back what does not end. */
  @Override
  public void pause() {
    dispatch.pause();
  }

  @Override
  public void resume() {
    dispatch.resume();
  }

  /** How many notifications are held: received, and neither deleted nor given back. */
  int held() {
    return queue.held();
  }

  /**
   * Ends receiving at once, lets held batches end, and stops. What is still held when the time that
   * the settings give is up comes back when its visibility timeout runs out.
   */
  @Override
  public void stop() {
    boolean ended = dispatch.stop();
    if (ended) {
      fetching.shutdownNow();
      ended = awaitFetching();
    }
    queue.stop(ended);
    if (ended) {
      ending.shutdown();
      acting.shutdown();
    } else {
      // its threads stay, so that what ends later is still settled
      LOG.warn(
          "{} stopped while it held {} notifications; the queue delivers them again",
          settings.source(),
          queue.held());
    }
  }

  private boolean awaitFetching() {
    try {
      return fetching.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
