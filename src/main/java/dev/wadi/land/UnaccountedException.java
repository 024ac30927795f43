package dev.wadi.land;

import dev.wadi.event.Batch;
import dev.wadi.event.SourceRecord;
import java.util.List;
import java.util.stream.Collectors;

/** A route let records of a batch go without an outcome. The batch is given back to its source. */
final class UnaccountedException extends IllegalStateException {

  private static final long serialVersionUID = 1L;
  private static final int NAMED = 5;

  UnaccountedException(Batch batch, List<SourceRecord> missing) {
    super(
        missing.size()
            + " of the "
            + batch.size()
            + " records of "
            + batch
            + " have no outcome: "
            + missing.stream()
                .limit(NAMED)
                .map(SourceRecord::position)
                .collect(Collectors.joining(", "))
            + (missing.size() > NAMED ? ", ..." : "")
            + ". A step of the route lets them go: every record must reach keep, set-aside, the"
            + " dead-letter queue or wadi-drop:reason");
  }
}
