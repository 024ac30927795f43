package dev.wadi.intake;

import dev.wadi.event.Batch;
import java.util.List;
import java.util.function.IntConsumer;

/** Where deliveries come from, and what they go back to. */
public interface Origin<D extends Delivery> {

  /**
   * Begins to acknowledge deliveries.
   *
   * @param batch what they were in; its account is closed
   * @param done told once when that is over, with the number of those that could not be
   *     acknowledged: they may come again, and are known as redelivered then
   */
  void acknowledge(Batch batch, List<D> deliveries, IntConsumer done);

  /** Takes back deliveries that have no outcome, since their source pauses or stops. */
  void giveBack(List<D> deliveries);
}
