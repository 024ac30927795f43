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

  private final Gathering gathering;
  private final Consignments consignments;
  private final BatchRoute route;
  private final Settlement settlement;
  private final Metrics metrics;
  private final LongSupplier sequence;
  private final Executor threads;

  Handover(
      Gathering gathering,
      Consignments consignments,
      BatchRoute route,
      Settlement settlement,
      Metrics metrics,
      LongSupplier sequence,
      Executor threads) {
    this.gathering = gathering;
    this.consignments = consignments;
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
        Consignment consignment = consignments.open(messages);
        threads.execute(() -> goOn(consignment));
        messages = gathering.next();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Hands over what a consignment has for the route now. */
  private void goOn(Consignment consignment) {
    if (!gathering.isOpen()) {
      consignments.giveBackWaiting(consignment);
      return;
    }
    for (Portion portion = consignment.next(); portion != null; portion = consignment.next()) {
      handOver(consignment, portion);
    }
  }

  private void handOver(Consignment consignment, Portion portion) {
    List<HeldMessage> messages = portion.messages();
    List<SourceRecord> records =
        messages.stream().flatMap(message -> message.records().stream()).toList();
    List<String> deliveries = messages.stream().map(HeldMessage::id).toList();
    String source = messages.get(0).source();
    Batch batch = new Batch(source, sequence.getAsLong(), records, deliveries);
    if (portion.isolation() != null) {
      batch.isolate(portion.isolation());
    } else if (portion.isAlone()) {
      batch.travelAlone();
    }
    metrics.size("wadi.batch.events", "source", source, batch.size());
    route(new Settlement.Underway(consignment, portion, batch));
  }

  private void route(Settlement.Underway underway) {
    AtomicBoolean ended = new AtomicBoolean();
    try {
      Failpoint.reach("received");
      route.process(underway.batch(), failure -> settle(underway, ended, failure));
    } catch (RuntimeException e) {
      settle(underway, ended, e);
    } catch (Error e) {
      // Camel lets it through: left alone, the batch would be held until the next start
      settle(underway, ended, e);
      // ends the thread, and with it what Camel keeps of its work
      throw e;
    }
  }

  private void again(Consignment consignment) {
    consignment.goOn();
    if (gathering.isOpen()) {
      threads.execute(() -> goOn(consignment));
    } else {
      consignments.giveBackWaiting(consignment);
    }
  }

  private void settle(Settlement.Underway underway, AtomicBoolean ended, Throwable failure) {
    if (ended.compareAndSet(false, true)) {
      settlement.settle(underway, failure, () -> again(underway.consignment()));
    }
  }
}
