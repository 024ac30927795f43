package dev.wadi.check;

import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.errorhandler.DeadLetterChannelDefinition;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.apache.camel.model.language.ConstantExpression;
import org.apache.camel.model.language.ExpressionDefinition;

/** Where a failure of a step leads: an event's to the dead letters, a batch's to its source. */
final class FailureCheck {

  private static final Set<String> ALL =
      Set.of("java.lang.Exception", "java.lang.Throwable", "Exception", "Throwable");

  private final Places places;
  private final Level level;
  private final Set<Finding> findings;

  FailureCheck(Places places, Level level, Set<Finding> findings) {
    this.places = places;
    this.level = level;
    this.findings = findings;
  }

  /**
   * @param walk the ways out of parts, by those into them
   */
  void check(
      RouteDefinition route,
      BiFunction<List<OptionalIdentifiedDefinition<?>>, Set<Way>, Set<Way>> walk) {
    boolean caught = false;
    for (OptionalIdentifiedDefinition<?> part : Parts.of(route)) {
      if (part instanceof OnExceptionDefinition on && isHandled(on)) {
        handled(on, walk.apply(Parts.of(on), Set.of(Way.START)));
        caught |= on.getExceptions().stream().anyMatch(ALL::contains);
      }
    }
    if (handler(route) instanceof DeadLetterChannelDefinition) {
      findings.add(
          places.error(
              route,
              "a dead letter channel takes what fails and leaves it without an outcome: use"
                  + " onException, which leads an event to direct:dead-letter and hands all else"
                  + " back"));
    } else if (level == Level.RECORD && !caught && needsDeadLetters(route)) {
      findings.add(
          places.error(
              route,
              "an event whose step fails in the route %s fails its batch: add onException for java.lang.Exception, handled, with reject and direct:dead-letter, as in Wadi's own route event"
                  .formatted(route.getId())));
    }
  }

  private void handled(OnExceptionDefinition on, Set<Way> out) {
    if (out.stream().anyMatch(Way::isLost)) {
      findings.add(
          places.error(
              on,
              level == Level.RECORD
                  ? "events whose failure is handled here end without an outcome, so their batch"
                      + " fails: lead them to direct:dead-letter behind `process: {ref: reject}`"
                  : "a batch whose failure is handled here never comes to stage: leave it to its"
                      + " source, which tries it again"));
    }
  }

  /** A route of events; what comes behind a rejection fails its batch as it should. */
  private boolean needsDeadLetters(RouteDefinition route) {
    return !(handler(route) instanceof NoErrorHandlerDefinition)
        && Parts.all(route).stream().map(Wadi::bean).noneMatch("deadLetter"::equals);
  }

  private static Object handler(RouteDefinition route) {
    return route.getErrorHandler() == null ? null : route.getErrorHandler().getErrorHandlerType();
  }

  private static boolean isHandled(OnExceptionDefinition on) {
    if (on.getHandled() == null) {
      return false;
    }
    ExpressionDefinition handled = on.getHandled().getExpressionType();
    return !(handled instanceof ConstantExpression constant
        && "false".equals(constant.getExpression()));
  }
}
