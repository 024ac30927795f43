package dev.wadi.intake.sqs;

import dev.wadi.event.Batch;
import dev.wadi.intake.Origin;
import java.time.Duration;
import java.util.List;
import java.util.function.IntConsumer;

/** The queue that messages come from: it deletes them, or shows them again. */
final class SqsOrigin implements Origin<MessageDelivery> {

  private final HeldMessages held;
  private final Acknowledger acknowledger;
  private final ShowAgain showAgain;

  SqsOrigin(HeldMessages held, Acknowledger acknowledger, ShowAgain showAgain) {
    this.held = held;
    this.acknowledger = acknowledger;
    this.showAgain = showAgain;
  }

  @Override
  public void acknowledge(Batch batch, List<MessageDelivery> deliveries, IntConsumer done) {
    List<HeldMessage> messages = MessageDelivery.messages(deliveries);
    acknowledger.acknowledge(
        batch,
        messages,
        undeleted -> {
          held.letGo(messages);
          done.accept(undeleted);
        });
  }

  @Override
  public void giveBack(List<MessageDelivery> deliveries) {
    showAgain.in(Duration.ZERO, MessageDelivery.messages(deliveries));
  }
}
