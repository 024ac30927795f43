package dev.wadi.intake.sqs;

import dev.wadi.event.SetupException;
import dev.wadi.intake.DispatchSettings;
import dev.wadi.intake.IsolationRules;
import java.time.Duration;

/**
 * How a queue is read.
 *
 * @param queue the queue's name
 * @param maxEvents the most records in a batch; only a single message with more goes beyond it
 * @param maxWait how long a batch gathers from its first message on
 * @param receivers how many threads receive
 * @param visibility how long the queue hides what was received, extended while it is held
 * @param permits the most batches handed over and not ended
 * @param maxBytes the most bytes of events to hold when another receive begins
 * @param isolation when a message travels alone, and when it becomes a dead letter unread
 * @param redeliveryDelay how long the queue hides what is given back without being received
 * @param receiveWait how long a call waits for messages, at most 20 seconds
 * @param stopTimeout how long a stop waits for held batches to end
 */
record SqsSettings(
    String queue,
    int maxEvents,
    Duration maxWait,
    int receivers,
    Duration visibility,
    int permits,
    long maxBytes,
    IsolationRules isolation,
    Duration redeliveryDelay,
    Duration receiveWait,
    Duration stopTimeout) {

  /** The longest that SQS hides a message, counted from its receipt. */
  static final Duration LONGEST_VISIBILITY = Duration.ofHours(12);

  /** The most messages that SQS hides for one standard queue. */
  static final int MOST_IN_FLIGHT = 120_000;

  private static final Duration LONGEST_RECEIVE = Duration.ofSeconds(20);

  SqsSettings {
    require(queue != null && !queue.isBlank(), "a queue's name after wadi-sqs:");
    require(maxEvents >= 1, "maxEvents of at least 1");
    require(!maxWait.isNegative(), "maxWait of at least 0");
    require(receivers >= 1 && receivers <= 100, "1 to 100 receivers");
    require(
        wholeSeconds(visibility) && within(visibility, Duration.ofSeconds(1), LONGEST_VISIBILITY),
        "visibility of whole seconds from 1s to 12h");
    require(permits >= 1, "permits of at least 1");
    require(maxBytes >= 1, "maxBytes of at least 1");
    require(
        wholeSeconds(redeliveryDelay) && within(redeliveryDelay, Duration.ZERO, LONGEST_VISIBILITY),
        "redeliveryDelay of whole seconds from 0s to 12h");
    require(
        wholeSeconds(receiveWait) && within(receiveWait, Duration.ZERO, LONGEST_RECEIVE),
        "receiveWait of whole seconds from 0s to 20s");
    require(!stopTimeout.isNegative(), "stopTimeout of at least 0");
  }

  /** The source's name in manifests and metrics. */
  String source() {
    return "sqs:" + queue;
  }

  /** How its messages go on. */
  DispatchSettings dispatch() {
    return new DispatchSettings(
        source(), maxEvents, maxWait, receivers, permits, maxBytes, isolation.after(), stopTimeout);
  }

  private static boolean wholeSeconds(Duration duration) {
    return duration.getNano() == 0;
  }

  private static boolean within(Duration duration, Duration least, Duration most) {
    return duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0;
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new SetupException("wadi-sqs needs " + what);
    }
  }
}
