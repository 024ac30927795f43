package dev.wadi.check;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.model.BasicOutputExpressionNode;
import org.apache.camel.model.CatchDefinition;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.CircuitBreakerDefinition;
import org.apache.camel.model.DisabledAwareDefinition;
import org.apache.camel.model.FinallyDefinition;
import org.apache.camel.model.OnCompletionDefinition;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.OnFallbackDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.OtherwiseDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.TryDefinition;

/**
 * What routes are made of: every part in its whole, also where Camel keeps it beside the others.
 */
final class Parts {

  private Parts() {}

  /** The parts that stand directly in a part, in the file's order, but for disabled ones. */
  static List<OptionalIdentifiedDefinition<?>> of(OptionalIdentifiedDefinition<?> part) {
    List<OptionalIdentifiedDefinition<?>> parts = new ArrayList<>();
    if (part instanceof ChoiceDefinition choice) {
      parts.addAll(choice.getWhenClauses());
      parts.add(choice.getOtherwise());
    } else if (part instanceof TryDefinition attempt) {
      parts.addAll(attempt.getOutputs());
      parts.removeIf(p -> p instanceof CatchDefinition || p instanceof FinallyDefinition);
      parts.addAll(attempt.getCatchClauses() == null ? List.of() : attempt.getCatchClauses());
      parts.add(attempt.getFinallyClause());
    } else if (part instanceof CircuitBreakerDefinition breaker) {
      parts.addAll(breaker.getOutputs());
      parts.add(breaker.getOnFallback());
    } else if (part instanceof ProcessorDefinition<?> processor) {
      parts.addAll(processor.getOutputs());
    } else if (part instanceof BasicOutputExpressionNode when) {
      parts.addAll(when.getOutputs());
    } else if (part instanceof OtherwiseDefinition otherwise) {
      parts.addAll(otherwise.getOutputs());
    } else if (part instanceof OnFallbackDefinition fallback) {
      parts.addAll(fallback.getOutputs());
    }
    parts.removeIf(p -> p == null || isDisabled(p));
    return parts;
  }

  /** All parts of a route, each before what stands in it. */
  static List<OptionalIdentifiedDefinition<?>> all(RouteDefinition route) {
    List<OptionalIdentifiedDefinition<?>> all = new ArrayList<>();
    collect(route, all);
    return all;
  }

  /** Whether Camel makes a processor of it by itself, and not with what it stands in. */
  static boolean isStep(OptionalIdentifiedDefinition<?> part) {
    return part instanceof ProcessorDefinition<?>
        && !(part instanceof CatchDefinition
            || part instanceof FinallyDefinition
            || part instanceof OnExceptionDefinition
            || part instanceof OnCompletionDefinition);
  }

  /** Where a route begins, with its options. */
  static String uri(RouteDefinition route) {
    return route.getInput().getEndpointUri();
  }

  /** Where a part sends to, with what is yet to be replaced in it; empty if nowhere. */
  static String target(OptionalIdentifiedDefinition<?> part) {
    if (part instanceof ToDynamicDefinition dynamic) {
      return String.valueOf(dynamic.getUri());
    }
    return part instanceof SendDefinition<?> send ? uri(send) : "";
  }

  /** Where a part sends to, with its options. */
  static String uri(SendDefinition<?> send) {
    return send.getEndpointUri();
  }

  private static void collect(
      OptionalIdentifiedDefinition<?> part, List<OptionalIdentifiedDefinition<?>> all) {
    for (OptionalIdentifiedDefinition<?> child : of(part)) {
      all.add(child);
      collect(child, all);
    }
  }

  private static boolean isDisabled(OptionalIdentifiedDefinition<?> part) {
    return part instanceof DisabledAwareDefinition aware && "true".equals(aware.getDisabled());
  }
}
