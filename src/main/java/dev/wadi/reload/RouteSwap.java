package dev.wadi.reload;

import dev.wadi.intake.IntakeGate;
import dev.wadi.ops.Backoff;
import dev.wadi.ops.Failpoint;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
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
 * change, and only then takes it away and loads the other. Whatever goes wrong, an error too, the
 * gate is held on return only if the outcome is broken. One thread changes routes; any may ask
 * which are being changed.
 */
final class RouteSwap implements RouteChanges {

  private static final Logger LOG = LoggerFactory.getLogger(RouteSwap.class);
  private static final Backoff ARRIVING =
      new Backoff(Duration.ofMillis(200), Duration.ofMillis(200));

  private final Backoff arriving;
  private final LoadedRoutes routes;
  private final StandIns standIns;
  private final IntakeGate gate;
  private final Consumer<Boolean> hurry;
  private volatile Set<String> changing = Set.of();
  private boolean broken;

  /**
   * @param hurry told to land at once what waits for its commit, and when that is over
   */
  RouteSwap(CamelContext camel, IntakeGate gate, Consumer<Boolean> hurry) {
    this(camel, gate, hurry, ARRIVING);
  }

  /**
   * @param arriving how long a request that was let through may need to be an exchange of its route
   */
  RouteSwap(CamelContext camel, IntakeGate gate, Consumer<Boolean> hurry, Backoff arriving) {
    this.arriving = arriving;
    this.routes = new LoadedRoutes(camel);
    this.standIns = new StandIns(camel);
    this.gate = gate;
    this.hurry = hurry;
  }

  @Override
  public Outcome make(Plan plan, Duration atMost, BooleanSupplier givenUp) {
    long began = System.nanoTime();
    Deque<Route> stopped = new ArrayDeque<>();
    try {
      String undrained = empty(plan, stopped, began + atMost.toNanos(), givenUp);
      if (undrained != null) {
        startAgain(stopped, givenUp);
        return new Outcome(Ending.UNDRAINED, since(began), new IllegalStateException(undrained));
      }
      Failpoint.reach("routes-empty");
      broken = true;
      Throwable why = replace(plan);
      if (why == null) {
        broken = false;
        return new Outcome(Ending.CHANGED, since(began), null);
      }
      Throwable again = replace(plan.back());
      if (again == null) {
        broken = false;
        return new Outcome(Ending.RESTORED, since(began), why);
      }
      LOG.error("the routes that ran before don't start again", again);
      why.addSuppressed(again);
      return new Outcome(Ending.BROKEN, null, why);
    } finally {
      goOnUnlessBroken();
    }
  }

  @Override
  public Throwable restore(Plan plan, Duration atMost, BooleanSupplier givenUp) {
    broken = true;
    try {
      gate.hold();
      if (!gate.awaitEmpty(atMost, givenUp)) {
        return new IllegalStateException(stillUnderWay());
      }
      Throwable why = replace(plan.back());
      broken = why != null;
      return why;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return e;
    } finally {
      goOnUnlessBroken();
    }
  }

  @Override
  public boolean isChanging(String route) {
    return changing.contains(route);
  }

  /**
   * Empties the routes and stops those that are to go.
   *
   * @param stopped gets those that ran, the last one first
   * @return what is not empty in time; null if all is
   */
  private String empty(Plan plan, Deque<Route> stopped, long end, BooleanSupplier givenUp) {
    Set<String> going = new LinkedHashSet<>(plan.ids());
    try {
      if (plan.whole()) {
        going.addAll(routes.templated());
      }
      gate.hold();
      hurry.accept(true);
      if (!gate.awaitEmpty(Duration.ofNanos(end - System.nanoTime()), givenUp)) {
        return stillUnderWay();
      }
      changing = going;
      List<Route> leaving = routes.running(going);
      // from here on requests for their addresses are answered for, so that those in them end
      standIns.answerFor(leaving);
      // those that were let through just before are no exchanges of their routes yet, and a route
      // that stops would answer them with 500
      arriving.pause(1);
      for (Route route : leaving) {
        if (givenUp.getAsBoolean()) {
          return "wadi stops";
        }
        stopped.push(route);
        if (!routes.stop(route, (end - System.nanoTime()) / 1_000_000)) {
          return "the route %s still has %d exchanges"
              .formatted(route.getRouteId(), routes.inFlight(route.getRouteId()));
        }
      }
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "wadi stops";
    } catch (Exception | Error e) {
      LOG.error("routes can't be stopped", e);
      return "a route can't be stopped: " + e;
    }
  }

  private String stillUnderWay() {
    return gate.underway() + " batches are still on their way to their commit";
  }

  /** Takes away what a plan does and loads what it loads; says why that can't be done, or null. */
  private Throwable replace(Plan plan) {
    try {
      Set<String> going = new LinkedHashSet<>(plan.removed());
      if (plan.whole()) {
        going.addAll(routes.templated());
      }
      routes.remove(going);
      if (plan.whole()) {
        routes.removeTemplates();
      }
      Failpoint.reach("routes-removed");
      routes.add(plan);
      routes.forget(plan.forgottenBeans());
      Failpoint.reach("routes-added");
      return null;
    } catch (Exception | Error e) {
      // an error too: a class may not be there, or no thread to be had
      return e;
    }
  }

  /** Starts what a change has stopped that is not made. */
  private void startAgain(Deque<Route> stopped, BooleanSupplier givenUp) {
    for (Route route : stopped) {
      try {
        // the drain of a process that stops would pause its sources again
        if (!LoadedRoutes.isSource(route) || !givenUp.getAsBoolean()) {
          routes.start(route.getRouteId());
        }
      } catch (Exception | Error e) {
        // health says that it doesn't run
        LOG.error("the route {} doesn't start again: restart wadi", route.getRouteId(), e);
      }
    }
  }

  /** Lets batches and requests in again, if there are routes for them. */
  private void goOnUnlessBroken() {
    if (broken) {
      return;
    }
    try {
      standIns.end();
      hurry.accept(false);
    } finally {
      changing = Set.of();
      gate.open();
    }
  }

  private static Duration since(long began) {
    return Duration.ofNanos(System.nanoTime() - began);
  }
}
