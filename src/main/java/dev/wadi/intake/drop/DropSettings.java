package dev.wadi.intake.drop;

import dev.wadi.event.SetupException;
import dev.wadi.intake.DispatchSettings;
import dev.wadi.intake.IsolationRules;
import java.time.Duration;

/**
 * How dropped objects are read.
 *
 * @param queue the name of the queue of notifications
 * @param receivers how many threads receive these
 * @param fetches how many objects are read at a time
 * @param maxRecordBytes a record with more bytes becomes a dead letter
 * @param partEvents how many records of a larger object are accounted for as one
 * @param buckets of which buckets objects are read
 * @param after what is done with an object that has landed
 * @param moveTo what stands before the keys of objects that were moved
 * @param isolation when what a notification names travels alone, and when that becomes a dead
 *     letter unread
 * @param redeliveryDelay how long the queue hides a notification that can't be followed now
 * @param dispatch how records go on
 */
record DropSettings(
    String queue,
    int receivers,
    int fetches,
    int maxRecordBytes,
    int partEvents,
    Buckets buckets,
    AfterLanding.Action after,
    String moveTo,
    IsolationRules isolation,
    Duration redeliveryDelay,
    DispatchSettings dispatch) {

  DropSettings {
    require(queue != null && !queue.isBlank(), "a queue's name after wadi-s3-drop:");
    require(receivers >= 1 && receivers <= 100, "1 to 100 receivers");
    require(fetches >= 1 && fetches <= 1000, "1 to 1000 fetches");
    require(maxRecordBytes >= 1 && maxRecordBytes <= 1 << 28, "maxRecordBytes of 1 to 2^28");
    require(partEvents >= 1, "partEvents of at least 1");
    require(
        after != AfterLanding.Action.MOVE || moveTo != null && !moveTo.isEmpty(),
        "moveTo, a prefix for the keys of what is moved");
    require(!redeliveryDelay.isNegative(), "redeliveryDelay of at least 0");
  }

  /** The source's name in manifests and metrics. */
  static String source(String queue) {
    return "s3:" + queue;
  }

  String source() {
    return dispatch.source();
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new SetupException("wadi-s3-drop needs " + what);
    }
  }
}
