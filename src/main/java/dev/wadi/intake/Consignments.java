package dev.wadi.intake;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The consignments of a source that are not done, each with its permit. Thread-safe. */
final class Consignments {

  private final Gathering gathering;
  private final GiveBack giveBack;
  private final Set<Consignment> open = ConcurrentHashMap.newKeySet();

  Consignments(Gathering gathering, GiveBack giveBack) {
    this.gathering = gathering;
    this.giveBack = giveBack;
  }

  /** Messages that {@link Gathering#next} gave set out. */
  Consignment open(List<HeldMessage> messages) {
    Consignment consignment = new Consignment(messages);
    open.add(consignment);
    return consignment;
  }

  /** A portion of a consignment has ended for good. */
  void ended(Consignment consignment) {
    if (consignment.ended()) {
      close(consignment);
    }
  }

  /** Gives back all that waits to be tried again: the source is paused, or stops. */
  void giveBackWaiting() {
    open.forEach(this::giveBackWaiting);
  }

  void giveBackWaiting(Consignment consignment) {
    giveBack.received(consignment.takeWaiting(), Duration.ZERO);
    if (consignment.isDone()) {
      close(consignment);
    }
  }

  private void close(Consignment consignment) {
    open.remove(consignment);
    gathering.release(consignment.isAlone());
  }
}
