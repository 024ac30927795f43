package dev.wadi.land;

import dev.wadi.event.ExchangeProperty;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;

/**
 * Lets a {@code stop} (and so a {@code wadi-drop}) and a handled failure end with the route of the
 * one event. Left alone, Camel's splitter takes both as a reason to split no further, and the rest
 * of the batch would have no outcome. A failure that isn't handled stays, and fails the batch.
 */
public final class RouteEnd implements RoutePolicyFactory {

  @Override
  public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
    return new RoutePolicySupport() {
      @Override
      public void onExchangeDone(Route ended, Exchange exchange) {
        if (exchange.getProperty(ExchangeProperty.RECORD) != null) {
          exchange.setRouteStop(false);
          exchange.getExchangeExtension().setErrorHandlerHandled(null);
        }
      }
    };
  }
}
