package dev.wadi;

import dev.wadi.land.OpenIntents;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks from time to time for commits that other processes have left open. */
final class Janitor implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Janitor.class);

  private final OpenIntents intents;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread worker = new Thread(work, "wadi-janitor");
            worker.setDaemon(true);
            return worker;
          });

  /** Looks once in each lease, which is when there may be something new. */
  Janitor(OpenIntents intents, Duration lease) {
    this.intents = intents;
    long period = lease.toMillis();
    thread.scheduleWithFixedDelay(this::look, period, period, TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      intents.settleAbandoned();
    } catch (RuntimeException e) {
      // an exception would end the schedule
      LOG.warn("can't look for open commits of other processes now: {}", e.toString());
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
