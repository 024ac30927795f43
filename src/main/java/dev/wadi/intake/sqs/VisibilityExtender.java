package dev.wadi.intake.sqs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Keeps every held message hidden in the queue for as long as it is held: a message whose turn
 * comes late in a batch as well as the first. A message is extended when a third of its timeout has
 * passed, and what fails is tried again at the next look, which is several times before it shows.
 */
final class VisibilityExtender implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(VisibilityExtender.class);

  private final SqsQueue queue;
  private final HeldMessages held;
  private final Duration visibility;
  private final Clock clock;
  private final ScheduledExecutorService threads;

  VisibilityExtender(
      SqsQueue queue,
      HeldMessages held,
      Duration visibility,
      Clock clock,
      ScheduledExecutorService threads) {
    this.queue = queue;
    this.held = held;
    this.visibility = visibility;
    this.clock = clock;
    this.threads = threads;
  }

  /** Looks six times within a timeout, so that a third has hardly passed before it is seen. */
  void start() {
    long period = visibility.toMillis() / 6;
    threads.scheduleWithFixedDelay(this, period, period, TimeUnit.MILLISECONDS);
  }

  @Override
  public void run() {
    try {
      extend(clock.instant());
    } catch (RuntimeException e) {
      // an exception would end the schedule, and everything held would show in the queue
      LOG.error("messages of {} were not extended; trying again", queue, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void extend(Instant now) throws InterruptedException {
    List<HeldMessage> due =
        held.hiddenOnlyUntil(now.plus(visibility).minus(visibility.dividedBy(3)));
    List<HeldMessage> full = new ArrayList<>();
    for (HeldMessage message : due) {
      Duration longest = message.longestExtension(now);
      if (longest.compareTo(visibility) >= 0) {
        full.add(message);
      } else {
        extendToTheLimit(message, Duration.ofSeconds(longest.toSeconds()), now);
      }
    }
    List<Callable<Object>> calls = new ArrayList<>();
    for (List<HeldMessage> call : SqsQueue.calls(full)) {
      calls.add(Executors.callable(() -> extend(call, visibility, now)));
    }
    for (Future<Object> call : threads.invokeAll(calls)) {
      requireDone(call);
    }
  }

  /** Once for a message: what it is extended to then can't be extended again. */
  private void extendToTheLimit(HeldMessage message, Duration rest, Instant now) {
    Instant limit = now.plus(rest);
    if (!limit.minusSeconds(1).isAfter(message.receipt().hiddenUntil())) {
      return;
    }
    LOG.warn(
        "message {} of {} has been held for almost 12 hours, SQS's limit; in {} s the queue delivers"
            + " it again",
        message.id(),
        queue,
        rest.toSeconds());
    extend(List.of(message), rest, now);
  }

  /** Extends what one call takes. */
  private void extend(List<HeldMessage> messages, Duration time, Instant now) {
    List<HeldMessage.Receipt> receipts = messages.stream().map(HeldMessage::receipt).toList();
    List<SqsQueue.Failure> failures;
    try {
      failures = queue.changeVisibility(messages, time);
    } catch (SdkException e) {
      LOG.warn(
          "{} messages of {} not extended; trying again: {}",
          messages.size(),
          queue,
          e.getMessage());
      return;
    }
    List<HeldMessage> failed = failures.stream().map(SqsQueue.Failure::message).toList();
    for (int i = 0; i < messages.size(); i++) {
      if (!failed.contains(messages.get(i))) {
        messages.get(i).hidden(receipts.get(i), now.plus(time));
      }
    }
    for (SqsQueue.Failure failure : failures) {
      // what is deleted or given back meanwhile can't be extended and need not be
      if (held.holds(failure.message()) && !failure.message().isBeingDeleted()) {
        LOG.warn(
            "message {} of {} not extended; trying again: {}",
            failure.message().id(),
            queue,
            failure.reason());
      }
    }
  }

  private static void requireDone(Future<Object> call) throws InterruptedException {
    try {
      call.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("extending failed", e.getCause());
    }
  }
}
