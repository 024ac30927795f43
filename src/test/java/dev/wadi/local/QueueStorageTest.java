package dev.wadi.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.elasticmq.MessageContent;
import org.elasticmq.NeverReceived$;
import org.elasticmq.actor.queue.InternalMessage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import scala.Option;
import scala.collection.immutable.Map$;
import scala.collection.mutable.ArrayBuffer;
import scala.collection.mutable.Buffer;

@Tag("unit")
class QueueStorageTest {

  @Test
  void givesTheStorageReceiptsThatNobodyChanges() {
    Buffer<String> shared = new ArrayBuffer<>();
    shared.addOne("first");
    InternalMessage copy = QueueStorage.copy(message(shared));
    shared.addOne("second");
    assertThat(copy.deliveryReceipts().mkString(",")).isEqualTo("first");
  }

  /** Half-added receipts made the storage stop for good, seen once in some thousand messages. */
  @Test
  void copiesWhileAnotherThreadAddsReceipts() throws Exception {
    for (int round = 0; round < 200; round++) {
      Buffer<String> shared = new ArrayBuffer<>();
      AtomicBoolean done = new AtomicBoolean();
      Thread receiver =
          new Thread(
              () -> {
                for (int n = 0; n < 200; n++) {
                  shared.addOne("receipt " + n);
                }
                done.set(true);
              });
      receiver.start();
      InternalMessage message = message(shared);
      while (!done.get()) {
        assertThat(QueueStorage.copy(message).deliveryReceipts().contains(null)).isFalse();
      }
      receiver.join();
      assertThat(QueueStorage.copy(message).deliveryReceipts().length()).isEqualTo(200);
    }
  }

  @Test
  void tellsWhenTheStorageHasStopped() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    ActorSystem system = ActorSystem.create("test");
    try {
      ActorRef storage = system.actorOf(Props.empty());
      system.actorOf(QueueStorage.before(storage, told::countDown));
      system.stop(storage);
      assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      system.terminate();
    }
  }

  private static InternalMessage message(Buffer<String> receipts) {
    return new InternalMessage(
        "id",
        receipts,
        0,
        new MessageContent("body"),
        Map$.MODULE$.empty(),
        OffsetDateTime.parse("2026-11-21T12:00:00Z"),
        0,
        NeverReceived$.MODULE$,
        0,
        false,
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty());
  }
}
