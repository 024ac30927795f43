package dev.wadi.intake.sqs;

import dev.wadi.intake.IsolationRules;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the queue's own redrive policy with the source's limit of deliveries. If the queue's is
 * reached first, a message moves to the dead-letter queue without a reason of Wadi's, and is
 * archived as {@code redriven}.
 */
final class RedriveCheck {

  private static final Logger LOG = LoggerFactory.getLogger(RedriveCheck.class);

  private RedriveCheck() {}

  /** Says in the log what doesn't fit; a queue that can't be asked is none of its business. */
  static void log(SqsQueue queue, IsolationRules rules) {
    try {
      String warning = warning(queue.maxReceiveCount(), rules);
      if (warning != null) {
        LOG.warn("{} {}", queue, warning);
      }
    } catch (RuntimeException e) {
      LOG.info(
          "the redrive policy of {} can't be read, so it isn't checked: {}", queue, e.toString());
    }
  }

  /**
   * What an operator should know.
   *
   * @param most the queue's {@code maxReceiveCount}
   * @return null if all is well
   */
  static String warning(OptionalInt most, IsolationRules rules) {
    // one delivery more than the limit is what the source needs to see that it is one too many
    int needed = rules.maxReceives() + 1;
    if (most.isEmpty() || rules.maxReceives() == 0 || most.getAsInt() >= needed) {
      return null;
    }
    return "moves messages to its dead-letter queue after %d deliveries, before wadi.intake.max-receives (%d) is passed: such messages are archived as 'redriven', without Wadi's reason; raise the queue's maxReceiveCount to %d or more"
        .formatted(most.getAsInt(), rules.maxReceives(), needed);
  }
}
