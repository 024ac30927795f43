package dev.wadi.intake.sqs;

import dev.wadi.event.Deliveries;
import dev.wadi.intake.Dispatch;
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
  private final ShowAgain showAgain;
  private final Dispatch<MessageDelivery> dispatch;

  Admission(
      SqsSettings settings,
      HeldMessages held,
      Deliveries deliveries,
      Acknowledger acknowledger,
      ShowAgain showAgain,
      Dispatch<MessageDelivery> dispatch) {
    this.settings = settings;
    this.held = held;
    this.deliveries = deliveries;
    this.acknowledger = acknowledger;
    this.showAgain = showAgain;
    this.dispatch = dispatch;
  }

  /**
   * The messages among these that are received now: held, and counted.
   *
   * @throws RuntimeException if it can't be told what is committed; then all are given back
   */
  List<MessageDelivery> admit(List<MessageDelivery> delivered) {
    List<MessageDelivery> fresh = new ArrayList<>();
    for (MessageDelivery delivery : delivered) {
      if (held.hold(delivery.message())) {
        fresh.add(delivery);
      }
    }
    if (fresh.size() < delivered.size()) {
      LOG.info(
          "{} messages of {} came again while held",
          delivered.size() - fresh.size(),
          settings.source());
    }
    List<MessageDelivery> committed = committed(fresh);
    deleteAgain(committed);
    fresh.removeAll(committed);
    dispatch.received(fresh);
    return fresh;
  }

  private List<MessageDelivery> committed(List<MessageDelivery> fresh) {
    try {
      return fresh.stream()
          .filter(delivery -> deliveries.isCommitted(delivery.source(), delivery.id()))
          .toList();
    } catch (RuntimeException e) {
      showAgain.in(settings.redeliveryDelay(), MessageDelivery.messages(fresh));
      throw e;
    }
  }

  private void deleteAgain(List<MessageDelivery> committed) {
    List<HeldMessage> messages = MessageDelivery.messages(committed);
    List<HeldMessage> undeleted = acknowledger.delete(messages);
    held.letGo(messages);
    dispatch.redelivered(messages.size() - undeleted.size());
  }
}
