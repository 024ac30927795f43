package dev.wadi.land;

import dev.wadi.event.SetupException;
import dev.wadi.event.TransientException;
import dev.wadi.ops.Backoff;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one commit after the other through the route, on a thread of its own. */
final class LandConsumer extends DefaultConsumer {

  /** The exchange property that holds the {@link Commit}. */
  static final String COMMIT = "WadiCommit";

  private static final Logger LOG = LoggerFactory.getLogger(LandConsumer.class);

  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

  private static final long STOP_MILLIS = 2_000;

  private final Landing landing;
  private volatile Thread thread;

  LandConsumer(Endpoint endpoint, Processor processor, Landing landing) {
    super(endpoint, processor);
    this.landing = landing;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    Thread worker = new Thread(this::run, "wadi-land");
    worker.setDaemon(true);
    thread = worker;
    worker.start();
  }

  @Override
  protected void doStop() throws Exception {
    Thread worker = thread;
    if (worker != null) {
      worker.interrupt();
      // a call to a store that hangs can't be broken off; what it leaves is settled by the next
      // start
      worker.join(STOP_MILLIS);
      if (worker.isAlive()) {
        LOG.warn("the store doesn't answer: the commit under way is left to the next start");
      }
    }
    super.doStop();
  }

  private void run() {
    int failures = 0;
    try {
      while (isRunAllowed() && !Thread.currentThread().isInterrupted()) {
        try {
          Optional<Commit> next = landing.next();
          if (next.isPresent()) {
            land(next.get());
          }
          failures = 0;
        } catch (TransientException | SetupException e) {
          // nothing is cut, and the batches go on waiting
          LOG.warn("nothing can land now, tried again: {}", e.getMessage());
          BACKOFF.pause(++failures);
        } catch (RuntimeException | Error e) {
          // nothing would land without this thread; the commit's batches stay held, so the sources
          // pause rather than lose
          LOG.error("landing failed", e);
          BACKOFF.pause(++failures);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("landing stops");
    }
  }

  private void land(Commit commit) throws InterruptedException {
    Exchange exchange = createExchange(false);
    try {
      exchange.setProperty(COMMIT, commit);
      exchange.getMessage().setBody(commit);
      getProcessor().process(exchange);
    } catch (Exception | Error e) {
      exchange.setException(e);
    }
    Exception failure = exchange.getException();
    releaseExchange(exchange, false);
    InterruptedException stopped = ObjectHelper.getException(InterruptedException.class, failure);
    if (stopped != null) {
      // the process stops: what is undecided is settled by the next start
      throw stopped;
    }
    landing.end(commit, failure);
  }
}
