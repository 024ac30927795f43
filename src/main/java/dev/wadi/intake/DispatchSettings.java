package dev.wadi.intake;

import dev.wadi.event.SetupException;
import java.time.Duration;

/**
 * How a source's deliveries go on.
 *
 * @param source the source's name in metrics, such as {@code sqs:events}
 * @param maxEvents the most records in a batch; only a single delivery with more goes beyond it
 * @param maxWait how long a batch gathers from its first delivery on
 * @param threads how many batches the route works on at a time; others only wait for their commit
 * @param permits the most batches handed over and not ended
 * @param maxBytes the most bytes of events to hold when more are asked for
 * @param isolateAfter a delivery that has failed alone so often, while others landed, becomes dead
 *     letters; 0: never
 * @param stopTimeout how long a stop waits for held batches to end
 */
public record DispatchSettings(
    String source,
    int maxEvents,
    Duration maxWait,
    int threads,
    int permits,
    long maxBytes,
    int isolateAfter,
    Duration stopTimeout) {

  public DispatchSettings {
    require(maxEvents >= 1, "maxEvents of at least 1");
    require(!maxWait.isNegative(), "maxWait of at least 0");
    require(threads >= 1, "at least 1 thread");
    require(permits >= 1, "permits of at least 1");
    require(maxBytes >= 1, "maxBytes of at least 1");
    require(isolateAfter >= 0, "isolateAfter of at least 0");
    require(!stopTimeout.isNegative(), "stopTimeout of at least 0");
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new SetupException("a source needs " + what);
    }
  }
}
