package dev.wadi.intake.kinesis;

import dev.wadi.event.SourceRecord;
import java.util.List;

/** Says why a batch has failed. */
final class Failures {

  private static final int NAMED = 5;

  private Failures() {}

  /** One line, for the log and for dead letters. */
  static String reason(Handed failed) {
    if (failed.failure() != null) {
      return failed.failure().toString();
    }
    List<SourceRecord> records = failed.batch().account().unaccounted();
    return records.isEmpty()
        ? "the route ended without a commit that closed the account"
        : "the route ended without a closed account: "
            + records.size()
            + " records unaccounted, the first are "
            + records.stream().limit(NAMED).map(SourceRecord::position).toList()
            + "; a step drops them (to drop on purpose use wadi-drop)";
  }
}
