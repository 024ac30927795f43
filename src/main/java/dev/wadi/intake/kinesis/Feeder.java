package dev.wadi.intake.kinesis;

import dev.wadi.event.Claims;
import dev.wadi.event.Lines;
import dev.wadi.intake.BatchRoute;
import dev.wadi.ops.Backoff;
import dev.wadi.ops.Failpoint;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the batches of one shard over, one after the other, and again if they have failed. It lives
 * until its line has ended and nothing is on its way.
 */
final class Feeder implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Feeder.class);
  private static final Backoff PAUSES = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));

  /** What the feeders of a source share. */
  record Shared(
      String source,
      BatchRoute route,
      Permits permits,
      Claims claims,
      Lines lines,
      StreamCounts counts,
      Executor threads) {}

  private final ShardLine line;
  private final Lease lease;
  private final Shared shared;

  Feeder(ShardLine line, Lease lease, Shared shared) {
    this.line = line;
    this.lease = lease;
    this.shared = shared;
  }

  @Override
  public void run() {
    try {
      ShardLine.Work work = line.awaitWork();
      while (!(work instanceof ShardLine.Done)) {
        if (work instanceof ShardLine.TryAgain failure) {
          tryAgain(failure);
        } else {
          handOver();
        }
        work = line.awaitWork();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void handOver() throws InterruptedException {
    shared.permits.acquire();
    Handed handed = line.next().orElse(null);
    if (handed == null) {
      shared.permits.release(0);
      return;
    }
    shared.permits.hold(handed.bytes());
    shared.counts.received(handed.batch());
    CountDownLatch underWay = new CountDownLatch(1);
    shared.threads.execute(
        () -> {
          try {
            route(handed);
          } finally {
            underWay.countDown();
          }
        });
    // the next one is claimed only behind this one
    underWay.await();
  }

  /** On a thread that an error may end, and with it what Camel keeps of its work. */
  private void route(Handed handed) {
    AtomicBoolean ended = new AtomicBoolean();
    try {
      Failpoint.reach("received");
      shared.route.process(
          handed.batch(),
          failure -> {
            if (ended.compareAndSet(false, true)) {
              ended(handed, failure);
            }
          });
    } catch (RuntimeException e) {
      if (ended.compareAndSet(false, true)) {
        ended(handed, e);
      }
    } catch (Error e) {
      if (ended.compareAndSet(false, true)) {
        ended(handed, e);
      }
      throw e;
    }
  }

  private void ended(Handed handed, Throwable failure) {
    if (handed.batch().account().isClosed()) {
      shared.counts.ended(handed.batch());
      if (failure != null) {
        LOG.warn(
            "{} is committed, though its exchange failed in {}: {}",
            handed.batch(),
            shared.route.id(),
            failure.toString());
      }
    } else {
      shared.counts.returned(handed.batch());
    }
    line.ended(handed, failure);
    shared.permits.release(handed.bytes());
  }

  private void tryAgain(ShardLine.TryAgain failure) throws InterruptedException {
    List<Handed> failed = failure.failed();
    // before their records go out again: those must find no claim of these batches
    PAUSES.untilItSucceeds(
        () -> {
          failed.forEach(handed -> shared.claims.releaseAll(handed.batch()));
          return null;
        },
        e -> LOG.error("the claims of {} can't be released", failed.get(0).batch(), e));
    switch (lease.state()) {
      case HELD -> {
        if (failure.resynchronize()) {
          resynchronize();
        }
      }
      case WANTED -> line.drain();
      case LOST -> line.end();
    }
    Duration pause = line.tryAgain(failed);
    if (line.isOpen()) {
      LOG.error(
          "{}, of {}, and {} batches behind it are tried again in {} ms: {}",
          failed.get(0).batch(),
          line.shard(),
          failed.size() - 1,
          pause.toMillis(),
          Failures.reason(failed.get(0)));
    }
  }

  /** Batches that go on failing may begin where nothing can be taken on. */
  private void resynchronize() {
    try {
      line.resynchronize(shared.lines.begin(shared.source, line.shard()).orElse(null));
    } catch (RuntimeException e) {
      // without this thread the shard would stand still
      LOG.warn("how far {} is accounted for can't be told now: {}", line.shard(), e.toString());
    }
  }
}
