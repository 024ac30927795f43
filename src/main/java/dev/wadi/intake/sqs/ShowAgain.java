package dev.wadi.intake.sqs;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the queue deliver messages again that did not get an outcome. */
final class ShowAgain {

  private static final Logger LOG = LoggerFactory.getLogger(ShowAgain.class);

  private final SqsQueue queue;
  private final HeldMessages held;

  ShowAgain(SqsQueue queue, HeldMessages held) {
    this.queue = queue;
    this.held = held;
  }

  /**
   * Lets go of messages.
   *
   * @param delay how long the queue still hides them
   */
  void in(Duration delay, List<HeldMessage> messages) {
    // first, so that they are not extended any more
    held.letGo(messages);
    for (List<HeldMessage> call : SqsQueue.calls(messages)) {
      show(call, delay);
    }
  }

  /** Nothing is lost where it fails: then the visibility timeout runs out. */
  private void show(List<HeldMessage> call, Duration delay) {
    try {
      List<SqsQueue.Failure> failures = queue.changeVisibility(call, delay);
      if (!failures.isEmpty()) {
        LOG.info(
            "{} messages of {} come back only when their visibility timeout runs out; the first is"
                + " {}: {}",
            failures.size(),
            queue,
            failures.get(0).message().id(),
            failures.get(0).reason());
      }
    } catch (RuntimeException e) {
      // a client that is closed throws others than its own; the batch must end all the same
      LOG.warn(
          "{} messages of {} come back only when their visibility timeout runs out: {}",
          call.size(),
          queue,
          e.toString());
    }
  }
}
