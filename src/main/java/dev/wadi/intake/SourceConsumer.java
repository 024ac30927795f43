package dev.wadi.intake;

import dev.wadi.event.Batch;
import dev.wadi.event.Claims;
import dev.wadi.event.Deliveries;
import dev.wadi.event.ExchangeProperty;
import dev.wadi.event.TransientException;
import dev.wadi.ops.Metrics;
import dev.wadi.ops.SourceStatus;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;

/**
 * Makes an exchange of each batch of a source. The source's {@link SourceStatus} is in the registry
 * under {@code wadi-source-status-<route>-<source>} from the start on.
 */
public abstract class SourceConsumer extends DefaultConsumer implements Suspendable, BatchRoute {

  private IntakeGate gate = new IntakeGate();
  private String statusName;
  private Source source;

  protected SourceConsumer(Endpoint endpoint, Processor processor) {
    super(endpoint, processor);
  }

  /**
   * Makes what takes events in, for a route that starts; it is not started yet.
   *
   * @throws dev.wadi.event.SetupException if it isn't there, or can't be had with these parameters
   */
  protected abstract Source open();

  @Override
  protected final void doStart() throws Exception {
    super.doStart();
    IntakeGate shared =
        getEndpoint().getCamelContext().getRegistry().findSingleByType(IntakeGate.class);
    if (shared != null) {
      gate = shared;
    }
    if (source != null) {
      // Camel starts a suspended one again when it gives up stopping it
      source.resume();
      return;
    }
    source = open();
    source.start();
  }

  /** One that could not start, and is taken away again, has nothing to pause. */
  @Override
  public void suspend() {
    if (isStarted()) {
      super.suspend();
    }
  }

  @Override
  protected final void doSuspend() {
    source.pause();
  }

  @Override
  protected final void doResume() {
    source.resume();
  }

  @Override
  protected final void doStop() throws Exception {
    if (source != null) {
      source.stop();
      source = null;
    }
    super.doStop();
  }

  @Override
  public final String id() {
    return getRouteId();
  }

  /**
   * The pipeline parks exchanges until their commit stands, so this returns long before the end.
   * Waits while the process's {@link IntakeGate} is held.
   */
  @Override
  public final void process(Batch batch, java.util.function.Consumer<Throwable> ended) {
    if (!gate.enter(() -> isSuspendingOrSuspended() || isStoppingOrStopped())) {
      ended.accept(new TransientException("the route " + id() + " takes no batch any more", null));
      return;
    }
    AtomicBoolean left = new AtomicBoolean();
    try {
      route(
          batch,
          failure -> {
            try {
              ended.accept(failure);
            } finally {
              leave(left);
            }
          });
    } catch (RuntimeException | Error e) {
      leave(left);
      throw e;
    }
  }

  private void route(Batch batch, java.util.function.Consumer<Throwable> ended) {
    Exchange exchange = createExchange(false);
    exchange.setProperty(ExchangeProperty.BATCH, batch);
    exchange.getMessage().setBody(batch);
    getAsyncProcessor()
        .process(
            exchange,
            synchronously -> {
              Exception failure = exchange.getException();
              releaseExchange(exchange, false);
              ended.accept(failure);
            });
  }

  private void leave(AtomicBoolean left) {
    if (left.compareAndSet(false, true)) {
      gate.leave();
    }
  }

  /** A source that is gone has no status: health would hold its last failure against Wadi. */
  @Override
  protected void doShutdown() throws Exception {
    if (statusName != null) {
      getEndpoint().getCamelContext().getRegistry().unbind(statusName);
    }
    super.doShutdown();
  }

  /** What the source works with, of the component's beans. */
  protected final SourceParts parts(SourceComponent component, SourceStatus status, Clock clock) {
    return new SourceParts(
        this,
        component.bean(Deliveries.class),
        component.bean(Claims.class),
        component.bean(Metrics.class),
        status,
        component::nextSequence,
        clock);
  }

  /** A status that the page and health will find. */
  protected final SourceStatus status(String source, Clock clock) {
    SourceStatus status = new SourceStatus(source, clock);
    statusName = "wadi-source-status-" + getRouteId() + "-" + source;
    getEndpoint().getCamelContext().getRegistry().bind(statusName, SourceStatus.class, status);
    return status;
  }
}
