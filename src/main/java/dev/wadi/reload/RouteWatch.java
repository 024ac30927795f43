package dev.wadi.reload;

import dev.wadi.check.Finding;
import dev.wadi.check.Finding.Severity;
import dev.wadi.event.SetupException;
import dev.wadi.ops.HealthCheck;
import dev.wadi.reload.RouteChanges.Ending;
import dev.wadi.reload.RouteChanges.Outcome;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the folder of routes again and again, and has what it says take effect. What is told
 * from one look to the next is the files' content, not their times or what a file system says of
 * changes: so it works where links are turned, as Kubernetes does, and on disks of the network.
 *
 * <p>One thread looks; health may be asked by any.
 */
final class RouteWatch {

  private static final Logger LOG = LoggerFactory.getLogger(RouteWatch.class);

  /** After a change that could not be made in time, intake runs so many times as long at least. */
  private static final int REST = 4;

  private final RouteFolder folder;
  private final RouteChanges changes;
  private final Set<String> reserved;
  private final RouteCounters counters;
  private final Duration drain;
  private final Clock clock;
  private Version running;
  private State state = new Running();
  private Map<Path, String> seen;
  private String unreadable;
  private volatile HealthCheck.Result health;

  /**
   * Routes that run, or ran before something broke.
   *
   * @param texts what the folder's files said
   */
  private record Version(Map<Path, String> texts, RouteSet routes, Instant since) {}

  /** How what runs and the files stand to each other. */
  private sealed interface State {
    /** The texts that were tried last and don't run; null if all that was tried does. */
    Attempt last();
  }

  /** What the files say runs. */
  private record Running() implements State {
    @Override
    public Attempt last() {
      return null;
    }
  }

  /** What the files say was refused, and what ran before goes on. */
  private record Refused(Attempt last) implements State {}

  /**
   * Neither what the files said nor what ran before could be started: nothing is taken in.
   *
   * @param plan of whose routes nobody knows which are there
   */
  private record Broken(Plan plan, String why, Attempt last) implements State {}

  /**
   * What was refused.
   *
   * @param again what to make once more; null if these texts are not tried again
   * @param at when
   */
  private record Attempt(Map<Path, String> texts, String why, Plan again, Instant at) {}

  /**
   * @param texts what the files said when the routes were loaded that run
   * @param reserved names of beans that no file may declare: Wadi's own
   * @param drain how long what is under way may take to land before a change
   */
  RouteWatch(
      RouteFolder folder,
      Map<Path, String> texts,
      RouteChanges changes,
      Set<String> reserved,
      RouteCounters counters,
      Duration drain,
      Clock clock) {
    this.folder = folder;
    this.changes = changes;
    this.reserved = Set.copyOf(reserved);
    this.counters = counters;
    this.drain = drain;
    this.clock = clock;
    seen = texts;
    run(texts, folder.routes(texts));
    tell();
  }

  /** How the folder and what runs stand to each other. */
  HealthCheck.Result health() {
    return health;
  }

  /**
   * Looks once. A change takes effect when two looks have seen it the same, so that no file is
   * loaded that is only half written.
   *
   * @param givenUp asked again and again whether the process stops
   */
  void look(BooleanSupplier givenUp) {
    try {
      if (state instanceof Broken broken) {
        restore(broken, givenUp);
        tell();
      }
      lookAtFiles(givenUp);
    } catch (RuntimeException | Error e) {
      LOG.error("a look at the folder of routes failed", e);
      unreadable = "a look at them failed: " + e;
    } finally {
      tell();
    }
  }

  private void lookAtFiles(BooleanSupplier givenUp) {
    Map<Path, String> now;
    try {
      now = folder.read();
    } catch (SetupException e) {
      seen = null;
      if (!e.getMessage().equals(unreadable)) {
        unreadable = e.getMessage();
        told(RouteCounters.CHECK, unreadable);
      }
      return;
    }
    unreadable = null;
    boolean stable = now.equals(seen);
    seen = now;
    if (now.equals(running.texts())) {
      if (!(state instanceof Broken)) {
        run(now, running.routes());
      }
    } else if (stable) {
      change(now, givenUp);
    }
  }

  private void change(Map<Path, String> texts, BooleanSupplier givenUp) {
    Attempt last = state.last();
    boolean tried = last != null && texts.equals(last.texts());
    if (tried && (last.again() == null || clock.instant().isBefore(last.at()))) {
      return;
    }
    Plan plan = tried ? last.again() : plan(texts);
    if (plan == null) {
      return;
    }
    if (plan.isNothing()) {
      run(texts, plan.to());
      return;
    }
    Outcome outcome;
    try {
      outcome = changes.make(plan, drain, givenUp);
    } catch (RuntimeException | Error e) {
      // nobody knows what is left: what ran before is loaded at the next look
      outcome = new Outcome(Ending.BROKEN, null, e);
    }
    take(plan, texts, outcome);
  }

  /** Judges the files; null if they are refused. */
  private Plan plan(Map<Path, String> texts) {
    try {
      RouteSet next = folder.routes(texts);
      List<Finding> findings = folder.check(next);
      List<Finding> errors =
          findings.stream().filter(finding -> finding.severity() == Severity.ERROR).toList();
      if (!errors.isEmpty()) {
        refuse(RouteCounters.CHECK, attempt(texts, said(errors)));
        return null;
      }
      Plan plan = Plan.between(running.routes(), next, reserved);
      findings.forEach(warning -> LOG.warn("{}", warning.text()));
      return state instanceof Broken broken ? plan.after(broken.plan()) : plan;
    } catch (SetupException e) {
      refuse(RouteCounters.CHECK, attempt(texts, e.getMessage()));
    } catch (RuntimeException | Error e) {
      // an error too: that of a class that a bean of theirs lacks must be told, not end the looks
      LOG.warn("routes can't be judged", e);
      refuse(RouteCounters.CHECK, attempt(texts, "they can't be judged: " + e));
    }
    return null;
  }

  private void take(Plan plan, Map<Path, String> texts, Outcome outcome) {
    switch (outcome.ending()) {
      case CHANGED -> {
        run(texts, plan.to());
        counters.changed(plan.ids());
        LOG.info(
            "routes changed: {} (intake paused for {} ms)",
            String.join(", ", plan.ids()),
            outcome.paused().toMillis());
      }
      case UNDRAINED ->
          refuse(
              RouteCounters.DRAIN,
              new Attempt(
                  texts,
                  outcome.why().getMessage()
                      + " after "
                      + drain.toSeconds()
                      + " s: it is tried again, see that events land (queue, store, and what the"
                      + " routes ask)",
                  plan,
                  clock.instant().plus(drain.multipliedBy(REST))));
      case RESTORED -> {
        state = new Running();
        refuse(
            RouteCounters.START,
            attempt(
                texts,
                folder.explain(outcome.why(), texts)
                    + " (tried again when a file changes in any way)"));
      }
      case BROKEN -> {
        String why =
            "nothing is taken in, since neither the new routes start ("
                + folder.explain(outcome.why(), texts)
                + ") nor those of before, which is tried again and again: mend what they need, or"
                + " restart wadi";
        state = new Broken(plan, why, attempt(texts, "a change could not be started, see the log"));
        counters.refused(RouteCounters.START);
        LOG.error("{}", why);
      }
    }
  }

  private void restore(Broken broken, BooleanSupplier givenUp) {
    Throwable failure = changes.restore(broken.plan(), drain, givenUp);
    if (failure == null) {
      state = new Refused(broken.last());
      LOG.info("the routes of before run again, and events are taken in");
    } else {
      LOG.warn(
          "the routes of before still don't start: {}", folder.explain(failure, running.texts()));
    }
  }

  private void run(Map<Path, String> texts, RouteSet routes) {
    if (running == null || routes != running.routes()) {
      running = new Version(texts, routes, clock.instant());
    }
    running = new Version(texts, routes, running.since());
    state = new Running();
  }

  private void refuse(String reason, Attempt attempt) {
    state =
        state instanceof Broken broken
            ? new Broken(broken.plan(), broken.why(), attempt)
            : new Refused(attempt);
    told(reason, attempt.why());
  }

  private static Attempt attempt(Map<Path, String> texts, String why) {
    return new Attempt(texts, why, null, null);
  }

  private void told(String reason, String why) {
    counters.refused(reason);
    LOG.warn("the routes are not changed, those of {} go on: {}", running.since(), why);
  }

  private void tell() {
    boolean outdated =
        unreadable != null || !(state instanceof Running) || !running.texts().equals(seen);
    counters.outdated(outdated);
    if (state instanceof Broken broken) {
      health = HealthCheck.down(broken.why());
    } else if (unreadable != null) {
      health = HealthCheck.degraded(degraded(unreadable));
    } else if (state instanceof Refused refused) {
      health = HealthCheck.degraded(degraded(refused.last().why()));
    } else {
      health = HealthCheck.up("the route files run as they are since " + running.since());
    }
  }

  private String degraded(String why) {
    return "the routes of " + running.since() + " run, not those in the folder: " + why;
  }

  private static String said(List<Finding> errors) {
    String first = errors.get(0).text();
    return errors.size() == 1
        ? first
        : first + " (and " + (errors.size() - 1) + " more: see `wadi check`)";
  }
}
