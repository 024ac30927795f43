package dev.wadi.intake.postgres;

import dev.wadi.event.Batch;
import dev.wadi.intake.Origin;
import java.util.List;
import java.util.function.IntConsumer;

/** The changes that deliveries come from: it settles them, or hands them on again. */
record ChangeOrigin(Changes changes) implements Origin<ChangeDelivery> {

  @Override
  public void acknowledge(Batch batch, List<ChangeDelivery> deliveries, IntConsumer done) {
    if (!batch.account().isClosed()) {
      throw new IllegalStateException(batch + " has no closed account: its changes must stay");
    }
    changes.done(deliveries);
    done.accept(0);
  }

  @Override
  public void giveBack(List<ChangeDelivery> deliveries) {
    changes.again(deliveries);
  }
}
