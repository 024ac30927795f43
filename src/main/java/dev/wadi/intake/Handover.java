package dev.wadi.intake;

import dev.wadi.event.Batch;
import dev.wadi.event.SourceRecord;
import dev.wadi.ops.Failpoint;
import dev.wadi.ops.Metrics;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes gathered deliveries to the route as batches, each on a thread of its own while the route
 * works on it, so that one batch which waits holds up no other.
 */
final class Handover<D extends Delivery> implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Handover.class);

  private final Gathering<D> gathering;
  private final Consignments<D> consignments;
  private final BatchRoute route;
  private final Settlement<D> settlement;
  private final Metrics metrics;
  private final LongSupplier sequence;
  private final Executor threads;

  Handover(
      Gathering<D> gathering,
      Consignments<D> consignments,
      Settlement<D> settlement,
      SourceParts parts,
      Executor threads) {
    this.gathering = gathering;
    this.consignments = consignments;
    this.route = parts.route();
    this.settlement = settlement;
    this.metrics = parts.metrics();
    this.sequence = parts.sequence();
    this.threads = threads;
  }

  /** Hands batches over until the source ends. */
  @Override
  public void run() {
    try {
      List<D> deliveries = gathering.next();
      while (!deliveries.isEmpty()) {
        begin(consignments.open(deliveries));
        deliveries = gathering.next();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void begin(Consignment<D> consignment) {
    try {
      threads.execute(() -> goOn(consignment));
    } catch (RuntimeException | Error e) {
      // an error too, such as one for want of a thread: without this one the source stands still
      LOG.error("a batch can't be handed over, and is given back", e);
      consignments.giveBackWaiting(consignment);
    }
  }

  /** Hands over what a consignment has for the route now. */
  private void goOn(Consignment<D> consignment) {
    if (!gathering.isOpen()) {
      consignments.giveBackWaiting(consignment);
      return;
    }
    for (Portion<D> portion = consignment.next(); portion != null; portion = consignment.next()) {
      handOver(consignment, portion);
    }
  }

  private void handOver(Consignment<D> consignment, Portion<D> portion) {
    Batch batch;
    try {
      batch = batch(portion);
    } catch (RuntimeException | Error e) {
      // nobody would settle it: left alone, it would be held until the next start
      consignment.againFirst(List.of(portion));
      consignments.giveBackWaiting(consignment);
      throw e;
    }
    route(new Settlement.Underway<>(consignment, portion, batch));
  }

  private Batch batch(Portion<D> portion) {
    List<D> deliveries = portion.deliveries();
    List<SourceRecord> records =
        deliveries.stream().flatMap(delivery -> delivery.records().stream()).toList();
    List<String> ids = deliveries.stream().map(Delivery::id).toList();
    String source = deliveries.get(0).source();
    Batch batch = new Batch(source, sequence.getAsLong(), records, ids);
    if (deliveries.stream().anyMatch(Delivery::isCutOut)) {
      batch.cutOut();
    }
    if (portion.isolation() != null) {
      batch.isolate(portion.isolation());
    } else if (portion.isAlone()) {
      batch.travelAlone();
    }
    metrics.size("wadi.batch.events", "source", source, batch.size());
    return batch;
  }

  private void route(Settlement.Underway<D> underway) {
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

  private void again(Consignment<D> consignment) {
    consignment.goOn();
    if (gathering.isOpen()) {
      threads.execute(() -> goOn(consignment));
    } else {
      consignments.giveBackWaiting(consignment);
    }
  }

  private void settle(Settlement.Underway<D> underway, AtomicBoolean ended, Throwable failure) {
    if (ended.compareAndSet(false, true)) {
      settlement.settle(underway, failure, () -> again(underway.consignment()));
    }
  }
}
