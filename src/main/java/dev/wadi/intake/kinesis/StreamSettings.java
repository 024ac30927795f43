package dev.wadi.intake.kinesis;

import dev.wadi.event.SetupException;
import java.time.Duration;

/**
 * How a stream is read.
 *
 * @param stream the stream's name
 * @param application the name under which the processes share the stream's shards; it is also that
 *     of the table of leases
 * @param initialPosition where a shard is begun that has no checkpoint
 * @param maxEvents the most records in a batch; only a single one of Kinesis with more goes beyond
 *     it
 * @param batchBytes the most bytes in a batch, likewise
 * @param maxWait how long a batch gathers from its first record on
 * @param shardPermits the most batches of one shard handed over and not ended
 * @param permits the same of all shards together
 * @param maxBytes no batch is handed over while so many bytes are
 * @param isolateAfter a record that has failed alone this often becomes a dead letter, as long as
 *     others land; 0: never
 * @param retryDelay the wait after a batch's first failure; doubles with each, up to 30 seconds
 * @param stopTimeout how long a stop, or another process that is given a shard, waits for batches
 *     to end
 * @param fanOut whether the stream pushes records over connections of the application's own, rather
 *     than being asked for them
 * @param quick whether leases are short: for emulators and tests
 * @param cloudWatch whether the client library sends metrics of its own to CloudWatch
 */
record StreamSettings(
    String stream,
    String application,
    InitialPosition initialPosition,
    int maxEvents,
    long batchBytes,
    Duration maxWait,
    int shardPermits,
    int permits,
    long maxBytes,
    int isolateAfter,
    Duration retryDelay,
    Duration stopTimeout,
    boolean fanOut,
    boolean quick,
    boolean cloudWatch) {

  StreamSettings {
    require(stream != null && !stream.isBlank(), "a stream's name after wadi-kinesis:");
    require(application != null && !application.isBlank(), "an application");
    require(maxEvents >= 1, "maxEvents of at least 1");
    require(batchBytes >= 1, "batchBytes of at least 1");
    require(!maxWait.isNegative(), "maxWait of at least 0");
    require(shardPermits >= 1, "shardPermits of at least 1");
    require(permits >= 1, "permits of at least 1");
    require(maxBytes >= 1, "maxBytes of at least 1");
    require(isolateAfter >= 0, "isolateAfter of at least 0");
    require(!retryDelay.isNegative() && !retryDelay.isZero(), "retryDelay of more than 0");
    require(!stopTimeout.isNegative(), "stopTimeout of at least 0");
  }

  /** The source's name in manifests and metrics. */
  String source() {
    return "kinesis:" + stream;
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new SetupException("wadi-kinesis needs " + what);
    }
  }
}
