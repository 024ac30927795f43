package dev.wadi.intake;

import java.util.List;

/** Gives back to their origin what got no outcome. */
final class GiveBack<D extends Delivery> {

  private final Origin<D> origin;
  private final HeldDeliveries held;
  private final SourceCounts counts;

  GiveBack(Origin<D> origin, HeldDeliveries held, SourceCounts counts) {
    this.origin = origin;
    this.held = held;
    this.counts = counts;
  }

  void received(List<D> deliveries) {
    if (!deliveries.isEmpty()) {
      counts.returned(deliveries);
      held.letGo(deliveries);
      origin.giveBack(deliveries);
    }
  }
}
