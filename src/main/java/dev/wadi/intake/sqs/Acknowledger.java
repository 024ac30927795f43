package dev.wadi.intake.sqs;

import dev.wadi.event.Batch;
import dev.wadi.ops.Backoff;
import dev.wadi.ops.Failpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the messages of a batch whose account is closed. What fails is tried again, and given up
 * in the end: the commit stands, so the messages come again and are known as redelivered then.
 */
final class Acknowledger {

  private static final Logger LOG = LoggerFactory.getLogger(Acknowledger.class);
  private static final int ATTEMPTS = 8;

  private final SqsQueue queue;
  private final Backoff backoff;
  private final ScheduledExecutorService threads;

  /**
   * @param backoff how long to wait after so many failures
   */
  Acknowledger(SqsQueue queue, Backoff backoff, ScheduledExecutorService threads) {
    this.queue = queue;
    this.backoff = backoff;
    this.threads = threads;
  }

  /**
   * Begins to delete a batch's messages.
   *
   * @param done told when they are deleted, with how many that was given up for
   * @throws IllegalStateException if the batch's account is not closed
   */
  void acknowledge(Batch batch, List<HeldMessage> messages, IntConsumer done) {
    if (!batch.account().isClosed()) {
      throw new IllegalStateException(batch + " has no closed account: nothing may be deleted");
    }
    threads.execute(() -> first(batch, messages, done));
  }

  /** Deletes messages in one go and answers those that failed, with the last reason in the log. */
  List<HeldMessage> delete(List<HeldMessage> messages) {
    List<HeldMessage> left = new ArrayList<>();
    for (List<HeldMessage> call : SqsQueue.calls(messages)) {
      left.addAll(deleteCall(call));
    }
    return left;
  }

  private void first(Batch batch, List<HeldMessage> messages, IntConsumer done) {
    List<List<HeldMessage>> calls = SqsQueue.calls(messages);
    List<HeldMessage> left = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      if (calls.size() == 1 || i == 1) {
        Failpoint.reach("acknowledging");
      }
      left.addAll(deleteCall(calls.get(i)));
    }
    goOn(batch, left, 1, done);
  }

  private void goOn(Batch batch, List<HeldMessage> left, int attempts, IntConsumer done) {
    if (left.isEmpty()) {
      done.accept(0);
    } else if (attempts == ATTEMPTS) {
      giveUp(batch, left);
      done.accept(left.size());
    } else {
      threads.schedule(
          () -> goOn(batch, delete(left), attempts + 1, done),
          backoff.delay(attempts).toMillis(),
          TimeUnit.MILLISECONDS);
    }
  }

  private List<HeldMessage> deleteCall(List<HeldMessage> call) {
    call.forEach(HeldMessage::deleting);
    try {
      List<SqsQueue.Failure> failures = queue.delete(call);
      if (!failures.isEmpty()) {
        LOG.warn(
            "{} messages of {} were not deleted; the first is {}: {}",
            failures.size(),
            queue,
            failures.get(0).message().id(),
            failures.get(0).reason());
      }
      return failures.stream().map(SqsQueue.Failure::message).toList();
    } catch (RuntimeException e) {
      // a client that is closed throws others than its own; the batch must end all the same
      LOG.warn("{} messages of {} were not deleted: {}", call.size(), queue, e.toString());
      return call;
    }
  }

  private void giveUp(Batch batch, List<HeldMessage> left) {
    LOG.error(
        "{} messages of {} could not be deleted from {}; its commit stands, they will come again"
            + " and be deleted as redelivered; check sqs:DeleteMessage; the first is {}",
        left.size(),
        batch,
        queue,
        left.get(0).id());
  }
}
