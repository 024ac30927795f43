package dev.wadi.intake;

import dev.wadi.event.Batch;
import dev.wadi.event.SourceRecord;
import dev.wadi.ops.Failpoint;
import dev.wadi.ops.Metrics;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Takes gathered messages to the route as batches, each on a thread of its own while the route
 * works on it, so that one batch which waits holds up no other.
 */
final class Handover implements Runnable {

  private final String source;
  private final Gathering gathering;
  private final BatchRoute route;
  private final Settlement settlement;
  private final Metrics metrics;
  private final LongSupplier sequence;
  private final Executor threads;

  Handover(
      String source,
      Gathering gathering,
      BatchRoute route,
      Settlement settlement,
      Metrics metrics,
      LongSupplier sequence,
      Executor threads) {
    this.source = source;
    this.gathering = gathering;
    this.route = route;
    this.settlement = settlement;
    this.metrics = metrics;
    this.sequence = sequence;
    this.threads = threads;
  }

  /** Hands batches over until the source ends. */
  @Override
  public void run() {
    try {
      List<HeldMessage> messages = gathering.next();
      while (!messages.isEmpty()) {
        handOver(messages);
        messages = gathering.next();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void handOver(List<HeldMessage> messages) {
    List<SourceRecord> records =
        messages.stream().flatMap(message -> message.records().stream()).toList();
    List<String> deliveries = messages.stream().map(HeldMessage::id).toList();
    Batch batch = new Batch(source, sequence.getAsLong(), records, deliveries);
    metrics.size("wadi.batch.events", "source", source, batch.size());
    threads.execute(() -> route(batch, messages));
  }

  private void route(Batch batch, List<HeldMessage> messages) {
    AtomicBoolean ended = new AtomicBoolean();
    try {
      Failpoint.reach("received");
      route.process(
          batch,
          failure -> {
            if (ended.compareAndSet(false, true)) {
              settlement.settle(batch, messages, failure);
            }
          });
    } catch (RuntimeException e) {
      if (ended.compareAndSet(false, true)) {
        settlement.settle(batch, messages, e);
      }
    } catch (Error e) {
      // Camel lets it through: left alone, the batch would be held until the next start
      if (ended.compareAndSet(false, true)) {
        settlement.settle(batch, messages, e);
      }
      // ends the thread, and with it what Camel keeps of its work
      throw e;
    }
  }
}
