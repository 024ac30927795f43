package dev.wadi.local;

import java.sql.SQLException;
import java.time.Duration;
import org.apache.pekko.actor.OneForOneStrategy;
import org.apache.pekko.actor.SupervisorStrategy;
import org.apache.pekko.actor.SupervisorStrategyConfigurator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of an actor of ElasticMQ that fails; Pekko makes it by its name. The storage actor
 * goes on after a failure of its database, such as a full disk: it does not answer for what it
 * could not store, so the send, receive or delete fails, and the next may succeed. It must not
 * start again, because it would be empty then and acknowledge what it does not store; so whatever
 * else fails is stopped.
 */
public final class QueueSupervision implements SupervisorStrategyConfigurator {

  private static final Logger LOG = LoggerFactory.getLogger(QueueSupervision.class);
  private static final int ANY_NUMBER = -1;
  private static final Duration EVER = Duration.ofDays(365);

  /** A full disk fails every call; the operator need not be told each time. */
  private static final Duration TOLD_EVERY = Duration.ofSeconds(30);

  private long toldAt = System.nanoTime() - TOLD_EVERY.toNanos();

  @Override
  public SupervisorStrategy create() {
    return new OneForOneStrategy(ANY_NUMBER, EVER, this::decide, false);
  }

  /** Pekko calls this from one thread at a time. */
  private SupervisorStrategy.Directive decide(Throwable failure) {
    if (failure instanceof SQLException) {
      if (System.nanoTime() - toldAt >= TOLD_EVERY.toNanos()) {
        toldAt = System.nanoTime();
        LOG.error(
            "the embedded queue can't write its file: {}: free space on its disk, or mend what is"
                + " wrong; what it has accepted is safe",
            failure.getMessage());
      }
      return (SupervisorStrategy.Directive) SupervisorStrategy.resume();
    }
    LOG.error("a part of the embedded queue has failed and is stopped: start again", failure);
    return (SupervisorStrategy.Directive) SupervisorStrategy.stop();
  }
}
