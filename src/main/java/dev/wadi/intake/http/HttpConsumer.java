package dev.wadi.intake.http;

import dev.wadi.event.SetupException;
import dev.wadi.ops.Health;
import dev.wadi.ops.Metrics;
import io.vertx.ext.web.Route;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.support.DefaultConsumer;

/**
 * Makes an exchange of each request. It is a handler of the server's own router rather than a
 * consumer of {@code platform-http}: that one holds up a worker thread for as long as an exchange
 * lasts, of which there are twenty, and reads a body however large before a route sees it.
 */
final class HttpConsumer extends DefaultConsumer implements Intake, Suspendable {

  private final HttpEndpoint endpoint;
  private Route route;

  HttpConsumer(HttpEndpoint endpoint, Processor processor) {
    super(endpoint, processor);
    this.endpoint = endpoint;
  }

  @Override
  public boolean isBlocking() {
    return endpoint.isBlocking();
  }

  @Override
  public boolean takesRejected() {
    return endpoint.takesRejected();
  }

  @Override
  public void take(Posted posted, Consumer<Throwable> ended) {
    Exchange exchange = createExchange(false);
    exchange.setPattern(ExchangePattern.InOnly);
    exchange.getMessage().setBody(posted);
    Storing storing = StoredStep.begin(exchange, posted.entries().size());
    getAsyncProcessor()
        .process(
            exchange,
            synchronously -> {
              Exception failure = exchange.getException();
              releaseExchange(exchange, false);
              ended.accept(failure == null ? unstored(storing) : failure);
            });
  }

  /** Why a request is not stored whose exchange has ended well; null if it is. */
  private Exception unstored(Storing storing) {
    return storing.isAll()
        ? null
        : new IllegalStateException(
            "the route "
                + getRouteId()
                + " has stored "
                + storing
                + " of a request: a step of it lets them go, or httpStored is missing behind the"
                + " one that stores them");
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    if (route != null) {
      // Camel starts a suspended one again when it gives up stopping it
      return;
    }
    HttpComponent component = endpoint.component();
    Health health = component.bean(Health.class);
    EventsHandler handler =
        new EventsHandler(
            this,
            new RequestReader(endpoint.envelope()),
            component.bean(Admission.class),
            endpoint.maxBody(),
            () -> isRunAllowed() && !isSuspended() && health.phase() != Health.Phase.DRAINING,
            component.bean(Metrics.class));
    route = router().route(endpoint.path()).handler(handler);
  }

  @Override
  protected void doStop() throws Exception {
    if (route != null) {
      route.remove();
      route = null;
    }
    super.doStop();
  }

  private VertxPlatformHttpRouter router() {
    Set<VertxPlatformHttpRouter> routers =
        endpoint.getCamelContext().getRegistry().findByType(VertxPlatformHttpRouter.class);
    if (routers.size() != 1) {
      throw new SetupException(
          "wadi-http needs one HTTP server, camel.server.enabled = true, and found "
              + routers.size());
    }
    return routers.iterator().next();
  }
}
