package dev.wadi.intake;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The consignments of a source that are not done, each with its permit. Thread-safe. */
final class Consignments<D extends Delivery> {

  private final Gathering<D> gathering;
  private final GiveBack<D> giveBack;
  private final Set<Consignment<D>> open = ConcurrentHashMap.newKeySet();

  Consignments(Gathering<D> gathering, GiveBack<D> giveBack) {
    this.gathering = gathering;
    this.giveBack = giveBack;
  }

  /** Messages that {@link Gathering#next} gave set out. */
  Consignment<D> open(List<D> deliveries) {
    Consignment<D> consignment = new Consignment<>(deliveries);
    open.add(consignment);
    return consignment;
  }

  /** A portion of a consignment has ended for good. */
  void ended(Consignment<D> consignment) {
    if (consignment.ended()) {
      close(consignment);
    }
  }

  /** Gives back all that waits to be tried again: the source is paused, or stops. */
  void giveBackWaiting() {
    open.forEach(this::giveBackWaiting);
  }

  void giveBackWaiting(Consignment<D> consignment) {
    giveBack.received(consignment.takeWaiting());
    if (consignment.isDone()) {
      close(consignment);
    }
  }

  private void close(Consignment<D> consignment) {
    open.remove(consignment);
    gathering.release(consignment.isAlone());
  }
}
