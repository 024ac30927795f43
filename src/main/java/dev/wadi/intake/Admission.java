package dev.wadi.intake;

import dev.wadi.event.Deliveries;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets in what is new. A message that is held already is not received twice, and one that an
 * earlier commit accounts for is deleted again and not received at all.
 */
final class Admission {

  private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

  private final SqsSettings settings;
  private final HeldMessages held;
  private final Deliveries deliveries;
  private final Acknowledger acknowledger;
  private final GiveBack giveBack;
  private final SourceCounts counts;

  Admission(
      SqsSettings settings,
      HeldMessages held,
      Deliveries deliveries,
      Acknowledger acknowledger,
      GiveBack giveBack,
      SourceCounts counts) {
    this.settings = settings;
    this.held = held;
    this.deliveries = deliveries;
    this.acknowledger = acknowledger;
    this.giveBack = giveBack;
    this.counts = counts;
  }

  /**
   * The messages among these that are received now: held, and counted.
   *
   * @throws RuntimeException if it can't be told what is committed; then all are given back
   */
  List<HeldMessage> admit(List<HeldMessage> delivered) {
    List<HeldMessage> fresh = new ArrayList<>();
    for (HeldMessage message : delivered) {
      if (held.hold(message)) {
        fresh.add(message);
      }
    }
    if (fresh.size() < delivered.size()) {
      LOG.info(
          "{} messages of {} came again while held",
          delivered.size() - fresh.size(),
          settings.source());
    }
    List<HeldMessage> committed = committed(fresh);
    deleteAgain(committed);
    fresh.removeAll(committed);
    counts.received(fresh);
    return fresh;
  }

  private List<HeldMessage> committed(List<HeldMessage> fresh) {
    try {
      return fresh.stream()
          .filter(message -> deliveries.isCommitted(message.source(), message.id()))
          .toList();
    } catch (RuntimeException e) {
      giveBack.unreceived(fresh, settings.redeliveryDelay());
      throw e;
    }
  }

  private void deleteAgain(List<HeldMessage> committed) {
    List<HeldMessage> undeleted = acknowledger.delete(committed);
    held.letGo(committed);
    counts.redelivered(committed.size() - undeleted.size());
  }
}
