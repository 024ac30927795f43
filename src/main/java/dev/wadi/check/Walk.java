package dev.wadi.check;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.model.AggregateDefinition;
import org.apache.camel.model.CatchDefinition;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.CircuitBreakerDefinition;
import org.apache.camel.model.FilterDefinition;
import org.apache.camel.model.FinallyDefinition;
import org.apache.camel.model.IdempotentConsumerDefinition;
import org.apache.camel.model.LoadBalanceDefinition;
import org.apache.camel.model.LoopDefinition;
import org.apache.camel.model.MulticastDefinition;
import org.apache.camel.model.OnCompletionDefinition;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.OnFallbackDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.ResequenceDefinition;
import org.apache.camel.model.RollbackDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SplitDefinition;
import org.apache.camel.model.StopDefinition;
import org.apache.camel.model.ThrowExceptionDefinition;
import org.apache.camel.model.TryDefinition;
import org.apache.camel.model.WhenDefinition;

/**
 * Goes all ways through routes that an exchange of one level may take. What doesn't change where an
 * exchange goes, it passes over: all of Camel's parts that aren't named here.
 */
final class Walk {

  private final Places places;
  private final RouteMap map;
  private final Level level;
  private final Set<Finding> findings;
  private final StepCheck steps;
  private final Destinations destinations;

  /** The ways that have stopped, by the routes that are being walked, the innermost first. */
  private final Deque<Set<Way>> stopped = new ArrayDeque<>();

  private final Deque<RouteDefinition> within = new ArrayDeque<>();

  Walk(Places places, RouteMap map, Level level, Set<Finding> findings) {
    this.places = places;
    this.map = map;
    this.level = level;
    this.findings = findings;
    steps = new StepCheck(places, level, findings);
    destinations = new Destinations(places, map, findings);
  }

  /** The ways out of a route. A stop ends its own route only, as it does when that runs. */
  Set<Way> through(RouteDefinition route, Set<Way> in) {
    if (within.contains(route)) {
      // a circle, which is told elsewhere
      return Set.of();
    }
    within.push(route);
    stopped.push(new LinkedHashSet<>());
    Set<Way> out = parts(Parts.of(route), in);
    new FailureCheck(places, level, findings).check(route, this::parts);
    within.pop();
    return Ways.union(out, stopped.pop());
  }

  private Set<Way> parts(List<OptionalIdentifiedDefinition<?>> parts, Set<Way> in) {
    Set<Way> ways = in;
    for (OptionalIdentifiedDefinition<?> part : parts) {
      if (!isBeside(part) && !ways.isEmpty()) {
        ways = part(part, ways);
      }
    }
    return ways;
  }

  private static boolean isBeside(OptionalIdentifiedDefinition<?> part) {
    return part instanceof OnExceptionDefinition
        || part instanceof OnCompletionDefinition
        || part instanceof CatchDefinition
        || part instanceof FinallyDefinition
        || part instanceof OnFallbackDefinition;
  }

  private Set<Way> inside(OptionalIdentifiedDefinition<?> part, Set<Way> in) {
    return parts(Parts.of(part), in);
  }

  private Set<Way> part(OptionalIdentifiedDefinition<?> part, Set<Way> in) {
    steps.check(part, in);
    if (part instanceof ChoiceDefinition choice) {
      return choice(choice, in);
    } else if (part instanceof FilterDefinition || part instanceof LoopDefinition) {
      return Ways.maybe(part, in, inside(part, in));
    } else if (part instanceof IdempotentConsumerDefinition consumer) {
      Set<Way> inside = inside(consumer, steps.after(consumer, in));
      return StepCheck.letsCopiesIn(consumer) ? inside : Ways.maybe(consumer, in, inside);
    } else if (part instanceof SplitDefinition split) {
      return level == Level.BATCH ? batch(split, in) : severally(split, in);
    } else if (part instanceof MulticastDefinition) {
      return copies(part, in);
    } else if (part instanceof LoadBalanceDefinition) {
      return Parts.of(part).stream().map(to -> part(to, in)).reduce(Set.of(), Ways::union);
    } else if (part instanceof AggregateDefinition || part instanceof ResequenceDefinition) {
      return destinations.apart(part, in);
    } else if (part instanceof TryDefinition || part instanceof CircuitBreakerDefinition) {
      return attempt(part, in);
    } else if (part instanceof StopDefinition) {
      stopped.peek().addAll(Ways.each(in, way -> way.past(part)));
      return Set.of();
    } else if (part instanceof ThrowExceptionDefinition || part instanceof RollbackDefinition) {
      return Set.of();
    } else if (destinations.drops(part)) {
      // whatever a caller's steps do behind it, the drop stands
      stopped.peekLast().addAll(Ways.each(in, Way::ended));
      return Set.of();
    }
    RouteDefinition next = destinations.direct(part);
    return next != null
        ? through(next, in)
        : inside(part, destinations.elsewhere(part, steps.after(part, in)));
  }

  private Set<Way> choice(ChoiceDefinition choice, Set<Way> in) {
    Set<Way> out = new LinkedHashSet<>();
    for (WhenDefinition when : choice.getWhenClauses()) {
      out.addAll(inside(when, in));
    }
    if (choice.getOtherwise() == null) {
      return Ways.maybe(choice, in, out);
    }
    out.addAll(inside(choice.getOtherwise(), in));
    return out;
  }

  private Set<Way> batch(SplitDefinition split, Set<Way> in) {
    Walk records = new Walk(places, map, Level.RECORD, findings);
    records.within.addAll(within);
    records.stopped.push(new LinkedHashSet<>());
    Set<Way> out = records.inside(split, Set.of(Way.START));
    for (Way way : Ways.union(out, records.stopped.pop())) {
      if (way.isLost()) {
        findings.add(Gaps.record(places, way.gap() == null ? split : way.gap()));
      }
    }
    if (out.stream().noneMatch(Way::untold)) {
      steps.requireDeadLetters(map.reached(split));
    }
    return Ways.each(in, way -> way.afterSplit(split));
  }

  /** What is inside may be done any number of times, for one and the same record. */
  private Set<Way> severally(SplitDefinition split, Set<Way> in) {
    if (!Ways.end(in, inside(split, in))) {
      return in;
    }
    findings.add(
        places.error(
            split,
            "each part of the event that is split here would give it an outcome, and the last one"
                + " counts: take the step that gives it out of the split"));
    return Ways.each(in, Way::ended);
  }

  private Set<Way> copies(OptionalIdentifiedDefinition<?> part, Set<Way> in) {
    long ends = Parts.of(part).stream().filter(branch -> Ways.end(in, part(branch, in))).count();
    if (ends > 1) {
      findings.add(
          places.error(
              part,
              "several branches give the same event an outcome, and the last one counts: leave it"
                  + " to one of them"));
    }
    return ends > 0 ? Ways.each(in, Way::ended) : in;
  }

  /** A failure may come before anything in it was done. */
  private Set<Way> attempt(OptionalIdentifiedDefinition<?> part, Set<Way> in) {
    Set<Way> tried = inside(part, in);
    Set<Way> out = tried;
    for (OptionalIdentifiedDefinition<?> other : Parts.of(part)) {
      if (other instanceof CatchDefinition || other instanceof OnFallbackDefinition) {
        Set<Way> caught = inside(other, in);
        out =
            Ways.union(
                out, Ways.end(in, tried) ? Ways.each(caught, way -> way.past(other)) : caught);
      }
    }
    for (OptionalIdentifiedDefinition<?> other : Parts.of(part)) {
      out = other instanceof FinallyDefinition ? inside(other, out) : out;
    }
    return out;
  }
}
