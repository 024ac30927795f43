package dev.wadi.intake.drop;

import dev.wadi.event.Batch;
import dev.wadi.intake.Dispatch;
import dev.wadi.intake.Origin;
import dev.wadi.intake.sqs.HeldQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.IntConsumer;

/**
 * How errands end: what has landed is done with, and their messages are deleted or shown again.
 * Thread-safe.
 */
final class Endings implements Origin<DropDelivery> {

  private final Errands errands;
  private final HeldQueue queue;
  private final AfterLanding after;
  private final Duration redeliveryDelay;
  private final Executor fetching;
  private final ExecutorService ending;
  private Dispatch<DropDelivery> dispatch;

  /**
   * @param fetching where seals set out, which may wait for room
   * @param ending where objects are done with; never waits for room, or nothing would make any
   */
  Endings(
      Errands errands,
      HeldQueue queue,
      AfterLanding after,
      Duration redeliveryDelay,
      Executor fetching,
      ExecutorService ending) {
    this.errands = errands;
    this.queue = queue;
    this.after = after;
    this.redeliveryDelay = redeliveryDelay;
    this.fetching = fetching;
    this.ending = ending;
  }

  /** To be called once, before anything sets out. */
  void dispatchBy(Dispatch<DropDelivery> by) {
    dispatch = by;
  }

  @Override
  public void acknowledge(Batch batch, List<DropDelivery> deliveries, IntConsumer done) {
    List<Errand> finished = new ArrayList<>();
    for (DropDelivery delivery : deliveries) {
      Errand errand = delivery.errand();
      Errand.Step step = errand.accounted();
      if (step == Errand.Step.FINISH) {
        finished.add(errand);
      } else if (step == Errand.Step.SEAL) {
        fetching.execute(() -> seal(errand));
      } else {
        goOn(errand, step);
      }
    }
    if (finished.isEmpty()) {
      done.accept(0);
    } else {
      ending.execute(() -> queue.acknowledge(batch, messagesOf(finished), done));
    }
  }

  @Override
  public void giveBack(List<DropDelivery> deliveries) {
    for (DropDelivery delivery : deliveries) {
      goOn(delivery.errand(), delivery.errand().returned());
    }
  }

  /** Does what is next for an errand; may wait for room. */
  void goOn(Errand errand, Errand.Step step) {
    switch (step) {
      case NONE -> {}
      case SEAL -> seal(errand);
      case FINISH -> ending.execute(() -> queue.delete(messagesOf(List.of(errand))));
      case RELEASE -> release(errand);
    }
  }

  /**
   * Lets a delivery set out, when there is room.
   *
   * @return false if the source is paused or has ended: then it has come back, as it has where this
   *     fails
   */
  boolean setOut(DropDelivery delivery) throws InterruptedException {
    boolean received = false;
    boolean added = false;
    try {
      received = dispatch.receive(delivery);
      added = received && dispatch.add(delivery);
    } finally {
      if (received && !added) {
        dispatch.giveBack(List.of(delivery));
      } else if (!received) {
        giveBack(List.of(delivery));
      }
    }
    return added;
  }

  private void seal(Errand errand) {
    try {
      setOut(errand.seal());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The messages that need nothing more when these errands are over. */
  private List<HeldQueue.Received> messagesOf(List<Errand> finished) {
    after.landed(finished.stream().filter(Errand::hasLandedObject).map(Errand::object).toList());
    List<HeldQueue.Received> over = new ArrayList<>();
    for (Errand errand : finished) {
      for (NoticeMessage message : errands.close(errand)) {
        if (message.ended(true)) {
          settle(message, over);
        }
      }
    }
    return over;
  }

  private void settle(NoticeMessage message, List<HeldQueue.Received> over) {
    if (message.isAccounted()) {
      over.add(message.received());
    } else {
      showAgain(message);
    }
  }

  private void release(Errand errand) {
    for (NoticeMessage message : errands.close(errand)) {
      if (message.ended(false)) {
        showAgain(message);
      }
    }
  }

  /** At once if somebody else is to take it; later if it has failed here. */
  private void showAgain(NoticeMessage message) {
    Duration delay = dispatch.isOpen() ? redeliveryDelay : Duration.ZERO;
    queue.showAgain(delay, List.of(message.received()));
  }
}
