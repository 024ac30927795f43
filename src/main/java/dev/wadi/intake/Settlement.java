package dev.wadi.intake;

import dev.wadi.event.Batch;
import dev.wadi.event.Claims;
import dev.wadi.event.SourceRecord;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the queue is told about a batch that has ended. The account decides, not the way in which
 * the exchange ended: closed, the messages are deleted; otherwise they are given back.
 */
final class Settlement {

  private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);
  private static final int NAMED = 5;

  private final String route;
  private final Duration redeliveryDelay;
  private final HeldMessages held;
  private final Gathering gathering;
  private final Acknowledger acknowledger;
  private final GiveBack giveBack;
  private final Claims claims;
  private final SourceCounts counts;
  private final ConsecutiveFailures failures;
  private final Executor threads;

  Settlement(
      String route,
      Duration redeliveryDelay,
      HeldMessages held,
      Gathering gathering,
      Acknowledger acknowledger,
      GiveBack giveBack,
      Claims claims,
      SourceCounts counts,
      ConsecutiveFailures failures,
      Executor threads) {
    this.route = route;
    this.redeliveryDelay = redeliveryDelay;
    this.held = held;
    this.gathering = gathering;
    this.acknowledger = acknowledger;
    this.giveBack = giveBack;
    this.claims = claims;
    this.counts = counts;
    this.failures = failures;
    this.threads = threads;
  }

  /**
   * Begins to settle a batch; the batch's permit is free when that is done.
   *
   * @param failure what failed the batch's exchange, or null
   */
  void settle(Batch batch, List<HeldMessage> messages, Throwable failure) {
    if (batch.account().isClosed()) {
      acknowledge(batch, messages, failure);
    } else {
      fail(batch, messages, failure);
    }
  }

  private void acknowledge(Batch batch, List<HeldMessage> messages, Throwable failure) {
    if (failure != null) {
      LOG.warn(
          "{} is committed and acknowledged, though its exchange failed in {}: {}",
          batch,
          route,
          failure.toString());
    }
    failures.succeeded();
    counts.ended(messages);
    acknowledger.acknowledge(
        batch,
        messages,
        () -> {
          held.letGo(messages);
          gathering.release();
        });
  }

  private void fail(Batch batch, List<HeldMessage> messages, Throwable failure) {
    Duration pause = gathering.holdOff(failures);
    LOG.error(
        "{} is given back to the queue, receiving pauses for {} ms: {}",
        batch,
        pause.toMillis(),
        failure == null ? unaccounted(batch) : failure.toString());
    threads.execute(
        () -> {
          try {
            // before the messages show again: whoever gets them must find no claim of this batch
            claims.releaseAll(batch);
          } finally {
            giveBack.received(messages, redeliveryDelay);
            gathering.release();
          }
        });
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
