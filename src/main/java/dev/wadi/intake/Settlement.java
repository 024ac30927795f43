package dev.wadi.intake;

import dev.wadi.event.Batch;
import dev.wadi.event.Claims;
import dev.wadi.event.Isolation;
import dev.wadi.event.SourceRecord;
import dev.wadi.ops.Backoff;
import dev.wadi.ops.SourceStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a batch that has ended. The account decides, not the way in which the exchange
 * ended: closed, the deliveries are acknowledged. Otherwise they stay held, and are handed over
 * again in a new batch: a queue doesn't count that as a delivery, so no outage brings a good
 * message near its limit. Only a source that is paused or stops gives them back.
 */
final class Settlement<D extends Delivery> {

  private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);
  private static final int NAMED = 5;

  /** A batch on its way, and the portion of a consignment that it is made of. */
  record Underway<D extends Delivery>(
      Consignment<D> consignment, Portion<D> portion, Batch batch) {}

  private final String route;
  private final int isolateAfter;
  private final HeldDeliveries held;
  private final Gathering<D> gathering;
  private final Consignments<D> consignments;
  private final Origin<D> origin;
  private final GiveBack<D> giveBack;
  private final Claims claims;
  private final SourceCounts counts;
  private final SourceStatus status;
  private final ConsecutiveFailures failures;
  private final Backoff pauses;
  private final ScheduledExecutorService threads;
  private final AtomicLong landed = new AtomicLong();

  /** What a settlement works with. */
  record Parts<D extends Delivery>(
      HeldDeliveries held,
      Gathering<D> gathering,
      Consignments<D> consignments,
      Origin<D> origin,
      GiveBack<D> giveBack,
      Claims claims,
      SourceCounts counts,
      SourceStatus status,
      ScheduledExecutorService threads) {}

  /**
   * @param route the route's name, for the log
   * @param isolateAfter a delivery that has failed alone so often becomes dead letters; 0: never
   * @param pauses how long to wait after so many failures
   */
  Settlement(String route, int isolateAfter, Backoff pauses, Parts<D> parts) {
    this.route = route;
    this.isolateAfter = isolateAfter;
    this.pauses = pauses;
    this.failures = new ConsecutiveFailures(pauses);
    this.held = parts.held();
    this.gathering = parts.gathering();
    this.consignments = parts.consignments();
    this.origin = parts.origin();
    this.giveBack = parts.giveBack();
    this.claims = parts.claims();
    this.counts = parts.counts();
    this.status = parts.status();
    this.threads = parts.threads();
  }

  /**
   * Begins to settle a batch.
   *
   * @param failure what failed the batch's exchange, or null
   * @param goOn hands over what the consignment then has
   */
  void settle(Underway<D> underway, Throwable failure, Runnable goOn) {
    if (underway.batch().account().isClosed()) {
      acknowledge(underway, failure);
    } else {
      threads.execute(() -> fail(underway, failure, goOn));
    }
  }

  private void acknowledge(Underway<D> underway, Throwable failure) {
    Batch batch = underway.batch();
    List<D> deliveries = underway.portion().deliveries();
    if (failure != null) {
      LOG.warn(
          "{} is committed and acknowledged, though its exchange failed in {}: {}",
          batch,
          route,
          failure.toString());
    }
    failures.succeeded();
    status.landed();
    if (!batch.isIsolated()) {
      landed.accumulateAndGet(batch.sequence(), Math::max);
    }
    counts.ended(deliveries);
    origin.acknowledge(
        batch,
        deliveries,
        undeleted -> {
          counts.undeleted(undeleted);
          held.letGo(deliveries);
          consignments.ended(underway.consignment());
        });
  }

  private void fail(Underway<D> underway, Throwable failure, Runnable goOn) {
    Batch batch = underway.batch();
    String why = failure == null ? unaccounted(batch) : failure.toString();
    batch.giveUp();
    try {
      // before the deliveries are tried again, here or elsewhere: none of this batch's claims is
      // left
      claims.releaseAll(batch);
    } finally {
      if (!gathering.isOpen()) {
        LOG.warn("{} is given back, since its source stops: {}", batch, why);
        giveBack.received(underway.portion().deliveries());
        consignments.ended(underway.consignment());
      } else if (Outage.isCauseOf(failure)) {
        tryAgain(underway, gathering.holdOff(failures), why, goOn);
      } else {
        suspect(underway, why, goOn);
      }
    }
  }

  /**
   * Something is down: the same deliveries again when a pause is over, and the others after them.
   */
  private void tryAgain(Underway<D> underway, Duration pause, String why, Runnable goOn) {
    report(underway.batch(), pause, why);
    goOn(underway, underway.consignment().againFirst(List.of(underway.portion())), pause, goOn);
  }

  /** It may be a delivery's own fault: its neighbours are parted from it, and at last it goes. */
  private void suspect(Underway<D> underway, String why, Runnable goOn) {
    Portion<D> portion = underway.portion();
    portion.failed(underway.batch());
    Duration pause =
        portion.isSingle() ? pauses.delay(portion.failures()) : gathering.holdOff(failures);
    if (portion.isAtFault(isolateAfter, landed.get())) {
      portion.isolate(Isolation.failed(portion.failures(), why));
      counts.isolated(portion.isolation(), 1);
      LOG.error(
          "{} of {} has failed {} times while others landed: it becomes a dead letter",
          portion.deliveries().get(0).id(),
          underway.batch().source(),
          portion.failures());
      pause = Duration.ZERO;
    }
    report(underway.batch(), pause, why);
    boolean first =
        portion.isToBeParted()
            ? underway.consignment().againFirst(portion.halves())
            : underway.consignment().againLast(portion);
    goOn(underway, first, pause, goOn);
  }

  private void goOn(Underway<D> underway, boolean first, Duration pause, Runnable goOn) {
    if (!gathering.isOpen()) {
      // it was paused or ended just now, and may have looked for what waits too early
      consignments.giveBackWaiting(underway.consignment());
    } else if (first) {
      threads.schedule(goOn, pause.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void report(Batch batch, Duration pause, String why) {
    status.heldBack(why);
    counts.heldBack();
    LOG.error("{} is held and tried again in {} ms: {}", batch, pause.toMillis(), why);
  }

  private String unaccounted(Batch batch) {
    List<SourceRecord> records = batch.account().unaccounted();
    if (records.isEmpty()) {
      return "route " + route + " ended without a commit that closed its account";
    }
    List<String> positions = records.stream().limit(NAMED).map(SourceRecord::position).toList();
    return "route "
        + route
        + " ended without a closed account: "
        + records.size()
        + " records unaccounted, the first are "
        + positions
        + "; a step drops them (to drop on purpose use wadi-drop)";
  }
}
