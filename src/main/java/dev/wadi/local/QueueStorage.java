package dev.wadi.local;

import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Props;
import org.apache.pekko.actor.Terminated;
import org.elasticmq.actor.queue.InternalMessage;
import org.elasticmq.actor.queue.QueueEvent;
import scala.collection.mutable.ArrayBuffer;
import scala.collection.mutable.Buffer;

/**
 * Stands before ElasticMQ's storage. The queue goes on changing a message's buffer of receipts
 * while the storage reads it, and a storage that meets a half-added receipt stops for good, with no
 * word to whoever sends: so the storage gets copies of its own. If it stops all the same, for
 * another reason than its database (see {@link QueueSupervision}), someone is told.
 */
final class QueueStorage extends AbstractActor {

  private static final int LOOKS = 10;

  private final ActorRef storage;
  private final Runnable stopped;

  private QueueStorage(ActorRef storage, Runnable stopped) {
    this.storage = storage;
    this.stopped = stopped;
    getContext().watch(storage);
  }

  /**
   * @param stopped called once if the storage stops: nothing can be accepted any more
   */
  static Props before(ActorRef storage, Runnable stopped) {
    return Props.create(QueueStorage.class, () -> new QueueStorage(storage, stopped));
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(
            QueueEvent.MessageAdded.class,
            added -> hand(new QueueEvent.MessageAdded(added.queueName(), copy(added.message()))))
        .match(
            QueueEvent.MessageUpdated.class,
            updated ->
                hand(new QueueEvent.MessageUpdated(updated.queueName(), copy(updated.message()))))
        .match(Terminated.class, ended -> stopped.run())
        .matchAny(this::hand)
        .build();
  }

  private void hand(Object message) {
    storage.forward(message, getContext());
  }

  /** A copy whose receipts nobody changes. */
  static InternalMessage copy(InternalMessage message) {
    return message.copy(
        message.id(),
        receipts(message.deliveryReceipts()),
        message.nextDelivery(),
        message.content(),
        message.messageAttributes(),
        message.created(),
        message.orderIndex(),
        message.firstReceive(),
        message.receiveCount(),
        message.isFifo(),
        message.messageGroupId(),
        message.messageDeduplicationId(),
        message.tracingId(),
        message.sequenceNumber(),
        message.deadLetterSourceQueueName());
  }

  /** Looks again while another thread is adding one, which shows as a null or as an error. */
  private static Buffer<String> receipts(Buffer<String> shared) {
    for (int look = 1; ; look++) {
      try {
        Buffer<String> copy = new ArrayBuffer<>();
        for (int n = 0; n < shared.length(); n++) {
          String receipt = shared.apply(n);
          if (receipt == null && look < LOOKS) {
            throw new IllegalStateException("a receipt is being added");
          }
          if (receipt != null) {
            copy.addOne(receipt);
          }
        }
        return copy;
      } catch (RuntimeException beingChanged) {
        if (look == LOOKS) {
          throw beingChanged;
        }
        Thread.onSpinWait();
      }
    }
  }
}
