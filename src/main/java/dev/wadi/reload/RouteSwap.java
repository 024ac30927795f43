package dev.wadi.reload;

import dev.wadi.intake.IntakeGate;
import dev.wadi.ops.Failpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes routes by a plan: holds the sources back, lets what is under way land, stops what is to
 * change, and only then takes it away and loads the other. Not thread-safe: one thread changes
 * routes.
 */
final class RouteSwap implements RouteChanges {

  private static final Logger LOG = LoggerFactory.getLogger(RouteSwap.class);

  private final LoadedRoutes routes;
  private final StandIns standIns;
  private final IntakeGate gate;
  private final Consumer<Boolean> hurry;

  /**
   * @param hurry told to land at once what waits for its commit, and when that is over
   */
  RouteSwap(CamelContext camel, IntakeGate gate, Consumer<Boolean> hurry) {
    this.routes = new LoadedRoutes(camel);
    this.standIns = new StandIns(camel);
    this.gate = gate;
    this.hurry = hurry;
  }

  @Override
  public Outcome make(Plan plan, Duration atMost, BooleanSupplier givenUp) {
    long began = System.nanoTime();
    Set<String> going = new LinkedHashSet<>(plan.removed());
    if (plan.whole()) {
      going.addAll(routes.templated());
    }
    List<Route> leaving = routes.among(going);
    String undrained = empty(leaving, began + atMost.toNanos(), givenUp);
    if (undrained != null) {
      goOn(leaving);
      return new Outcome(Ending.UNDRAINED, since(began), new IllegalStateException(undrained));
    }
    Failpoint.reach("routes-empty");
    Runnable unanswered = standIns.answerFor(leaving);
    try {
      replace(plan, going);
    } catch (Exception e) {
      return back(plan, going, began, e);
    } finally {
      unanswered.run();
    }
    goOn(List.of());
    return new Outcome(Ending.CHANGED, since(began), null);
  }

  @Override
  public Exception restore(Plan plan) {
    try {
      restoreBefore(plan, new LinkedHashSet<>(plan.removed()));
      goOn(List.of());
      return null;
    } catch (Exception e) {
      return e;
    }
  }

  /** Says what is not empty in time; null if all is. */
  private String empty(List<Route> leaving, long end, BooleanSupplier givenUp) {
    routes.suspendSources(leaving);
    gate.hold();
    hurry.accept(true);
    try {
      if (!gate.awaitEmpty(Duration.ofNanos(end - System.nanoTime()), givenUp)) {
        return gate.underway() + " batches are still on their way to their commit";
      }
      for (Route route : leaving) {
        if (givenUp.getAsBoolean()) {
          return "wadi stops";
        }
        if (!routes.stop(route, (end - System.nanoTime()) / 1_000_000)) {
          return "the route %s still has %d exchanges"
              .formatted(route.getRouteId(), routes.inFlight(route.getRouteId()));
        }
      }
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "wadi stops";
    } catch (Exception e) {
      return "a route can't be stopped: " + e.getMessage();
    }
  }

  private void replace(Plan plan, Set<String> going) throws Exception {
    routes.remove(going);
    if (plan.whole()) {
      routes.removeTemplates();
    }
    Failpoint.reach("routes-removed");
    routes.add(plan);
    routes.forget(plan.forgottenBeans());
    Failpoint.reach("routes-added");
  }

  private Outcome back(Plan plan, Set<String> going, long began, Exception why) {
    try {
      restoreBefore(plan, going);
    } catch (Exception e) {
      LOG.error("the routes that ran before don't start again", e);
      why.addSuppressed(e);
      return new Outcome(Ending.BROKEN, null, why);
    }
    goOn(List.of());
    return new Outcome(Ending.RESTORED, since(began), why);
  }

  private void restoreBefore(Plan plan, Set<String> going) throws Exception {
    Plan back = plan.back();
    Set<String> all = new LinkedHashSet<>(going);
    all.addAll(plan.addedIds());
    if (plan.whole()) {
      all.addAll(routes.templated());
      routes.remove(all);
      routes.removeTemplates();
    } else {
      routes.remove(all);
    }
    routes.add(back);
    routes.forget(back.forgottenBeans());
  }

  /** Lets batches in again, by the routes that there are. */
  private void goOn(List<Route> stopped) {
    List<Route> backwards = new ArrayList<>(stopped);
    Collections.reverse(backwards);
    for (Route route : backwards) {
      try {
        routes.start(route.getRouteId());
      } catch (Exception e) {
        // health says that it doesn't run
        LOG.error("the route {} doesn't start again: restart wadi", route.getRouteId(), e);
      }
    }
    routes.resumeSources(stopped);
    hurry.accept(false);
    gate.open();
  }

  private static Duration since(long began) {
    return Duration.ofNanos(System.nanoTime() - began);
  }
}
