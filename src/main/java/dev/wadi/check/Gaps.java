package dev.wadi.check;

import java.util.Map;
import org.apache.camel.NamedNode;

/** What to say of a part that lets exchanges go by without what they are on their way for. */
final class Gaps {

  private static final String OPEN = "so they end without an outcome and their batch fails: ";

  private static final Map<String, String> RECORDS =
      Map.of(
          "filter",
          "events that don't pass this filter miss the steps behind it, "
              + OPEN
              + "use a choice, and lead to wadi-drop:reason what isn't wanted",
          "choice",
          "events that none of these cases takes go on, "
              + OPEN
              + "add `otherwise`, with wadi-drop:reason for what isn't wanted",
          "idempotentConsumer",
          "copies don't pass idempotentConsumer, "
              + OPEN
              + "set skipDuplicate: false, and lead copies to setAside as in Wadi's own route event",
          "loop",
          "a loop may turn no time at all, and its events then miss the steps in it, "
              + OPEN
              + "take the steps that give an outcome out of it",
          "doCatch",
          "events whose failure is caught here miss the steps behind it, "
              + OPEN
              + "lead them to wadi-drop:reason, or let the failure go",
          "stop",
          "events stop here, " + OPEN + "use wadi-drop:reason to drop them on purpose");

  private static final Map<String, String> BATCHES =
      Map.of(
          "filter",
          "batches that don't pass this filter never come to stage",
          "choice",
          "batches that none of these cases takes never come to stage",
          "doCatch",
          "batches whose failure is caught here never come to stage",
          "split",
          "behind this split batches never come to stage",
          "stop",
          "batches stop here and never come to stage");

  private Gaps() {}

  static Finding record(Places places, NamedNode part) {
    return places.error(
        part,
        RECORDS.getOrDefault(
            part.getShortName(),
            "an event that takes this way ends without an outcome, so its batch fails: lead it to"
                + " keep, or to wadi-drop:reason"));
  }

  static Finding batch(Places places, NamedNode part) {
    return places.error(
        part,
        BATCHES.getOrDefault(part.getShortName(), "a batch from here never comes to stage")
            + ", so nothing lands or is acknowledged: lead every batch to direct:pipeline, or to `process: {ref: stage}`");
  }
}
