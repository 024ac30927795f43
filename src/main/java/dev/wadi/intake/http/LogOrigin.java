package dev.wadi.intake.http;

import dev.wadi.event.Batch;
import dev.wadi.intake.Origin;
import java.util.List;
import java.util.function.IntConsumer;

/** The log that frames come from: it lets go of them, or has them read again. */
record LogOrigin(IntakeLog log) implements Origin<FrameDelivery> {

  @Override
  public void acknowledge(Batch batch, List<FrameDelivery> deliveries, IntConsumer done) {
    if (!batch.account().isClosed()) {
      throw new IllegalStateException(batch + " has no closed account: its frames must stay");
    }
    log.done(FrameDelivery.frames(deliveries));
    done.accept(0);
  }

  @Override
  public void giveBack(List<FrameDelivery> deliveries) {
    log.again(FrameDelivery.frames(deliveries));
  }
}
