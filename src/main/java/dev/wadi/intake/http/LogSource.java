package dev.wadi.intake.http;

import dev.wadi.intake.Dispatch;
import dev.wadi.intake.DispatchSettings;
import dev.wadi.intake.IsolationRules;
import dev.wadi.intake.Source;
import dev.wadi.intake.SourceParts;
import dev.wadi.intake.SourceThreads;
import dev.wadi.ops.Backoff;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The intake log as a source of batches. A frame is a delivery; the log keeps it until a commit
 * accounts for it. What an earlier process has left comes first; of that, what a commit accounts
 * for already is only acknowledged.
 *
 * <p>One life: started once, paused and resumed any number of times, stopped once.
 */
final class LogSource implements Source, Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(LogSource.class);

  /** How long to wait after failures in a row. */
  static final Backoff PAUSES = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

  private final IntakeLog log;
  private final LogReader reader;
  private final IsolationRules rules;
  private final String source;
  private final SourceParts parts;
  private final Dispatch<FrameDelivery> dispatch;
  private final Thread thread;

  /**
   * @param rules what becomes of frames that may be what ends the process
   * @param pauses how long to wait after so many failures in a row
   */
  LogSource(
      IntakeLog log,
      DispatchSettings settings,
      IsolationRules rules,
      SourceParts parts,
      Backoff pauses) {
    this.log = log;
    this.rules = rules;
    this.reader = log.reader();
    this.source = settings.source();
    this.parts = parts;
    SourceParts noted = parts.with(new NotedRoute(parts.route(), log.ends(), rules));
    this.dispatch = new Dispatch<>(settings, noted, new LogOrigin(log), pauses, () -> true);
    this.thread = new SourceThreads(source).newThread(this);
  }

  /** Begins to read. */
  @Override
  public void start() {
    dispatch.start();
    thread.start();
  }

  /** Hands over no further batch; what was not handed over is read again later. */
  @Override
  public void pause() {
    dispatch.pause();
  }

  @Override
  public void resume() {
    dispatch.resume();
  }

  /** Ends reading, lets held batches end, and stops. What is left stays in the log. */
  @Override
  public void stop() {
    reader.end();
    if (!dispatch.stop()) {
      LOG.warn(
          "{} stopped while it held {} frames, which stay in {}", source, dispatch.held(), log);
    }
  }

  /** Reads until the source ends; a failure holds it off for a while. */
  @Override
  public void run() {
    try (reader) {
      while (dispatch.awaitRoom() && !reader.hasEnded()) {
        try {
          Frame frame = reader.next();
          if (frame == null) {
            return;
          }
          take(frame);
        } catch (IOException | RuntimeException | Error e) {
          // an error too, such as one for want of memory: nobody else reads what was acknowledged
          holdOff(e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.warn("can't close a file of {}: {}", log, e.toString());
    }
  }

  private void take(Frame frame) throws InterruptedException {
    FrameDelivery delivery = deliveryUnlessCommitted(frame);
    if (delivery == null) {
      log.done(List.of(frame));
      dispatch.redelivered(1);
      return;
    }
    boolean added = false;
    try {
      dispatch.received(List.of(delivery));
      parts.status().succeeded();
      added = dispatch.add(delivery);
    } finally {
      if (!added) {
        // it failed, or the source was paused or ended meanwhile
        dispatch.giveBack(List.of(delivery));
      }
    }
  }

  /** Null if a commit accounts for the frame; one that this fails for is read again. */
  private FrameDelivery deliveryUnlessCommitted(Frame frame) {
    try {
      if (!frame.segment().isRecovered()) {
        return delivery(frame, 1);
      }
      return parts.deliveries().isCommitted(source, frame.id()) ? null : suspected(frame);
    } catch (RuntimeException | Error e) {
      log.again(List.of(frame));
      throw e;
    }
  }

  private FrameDelivery delivery(Frame frame, int attempts) {
    return FrameDelivery.of(frame, source, parts.clock().instant(), attempts);
  }

  /** A frame that an earlier process has left: it may be what has ended that. */
  private FrameDelivery suspected(Frame frame) {
    int attempts = log.ends().attempts();
    FrameDelivery delivery = delivery(frame, attempts);
    if (frame.isolation() != null || !rules.isToTravelAlone(attempts)) {
      return delivery;
    }
    int died = log.ends().died(frame.id());
    if (died > 0 && rules.isToBeGivenUp(rules.receives() + died)) {
      LOG.error(
          "the process has ended {} times with the frame {} of {} under way alone: its events become"
              + " dead letters",
          died,
          frame.id(),
          log);
      return delivery.givenUp();
    }
    return delivery.alone();
  }

  private void holdOff(Throwable failure) {
    String why = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    parts.status().failed(why);
    Duration pause = dispatch.holdOff();
    LOG.warn("reading {} failed, it goes on in {} ms: {}", log, pause.toMillis(), why);
    if (!(failure instanceof IOException)) {
      LOG.warn("that was no failure of the disk", failure);
    }
  }
}
