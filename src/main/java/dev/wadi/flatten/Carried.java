package dev.wadi.flatten;

import org.apache.camel.Exchange;

/** Takes what earlier steps of a route left on the exchange. */
final class Carried {

  private Carried() {}

  /**
   * @throws IllegalStateException if it isn't there: the route lacks a step
   */
  static <T> T by(Exchange exchange, String property, Class<T> type) {
    T value = exchange.getProperty(property, type);
    if (value == null) {
      throw new IllegalStateException(
          "the exchange has no %s: route %s lacks the step that sets it, or one removed it"
              .formatted(property, exchange.getFromRouteId()));
    }
    return value;
  }
}
