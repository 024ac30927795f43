package dev.wadi.reload;

import dev.wadi.check.Finding;
import dev.wadi.check.Finding.Severity;
import dev.wadi.event.SetupException;
import dev.wadi.ops.HealthCheck;
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
  private Map<Path, String> runningTexts;
  private RouteSet running;
  private Instant since;
  private Map<Path, String> seen;
  private Map<Path, String> refused;
  private Instant againAt;
  private String complaint;
  private Plan broken;
  private volatile HealthCheck.Result health;

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
    run(texts, folder.routes(texts));
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
    restoreBroken();
    Map<Path, String> now;
    try {
      now = folder.read();
    } catch (SetupException e) {
      seen = null;
      if (!e.getMessage().equals(complaint)) {
        refuse(RouteCounters.CHECK, e.getMessage());
      }
      return;
    }
    boolean stable = now.equals(seen);
    seen = now;
    if (broken == null && now.equals(runningTexts)) {
      run(now, running);
    } else {
      counters.outdated(true);
      if (stable && isDue(now)) {
        refused = now;
        againAt = Instant.MAX;
        change(now, givenUp);
      }
    }
  }

  private boolean isDue(Map<Path, String> now) {
    return !now.equals(refused) || !clock.instant().isBefore(againAt);
  }

  private void change(Map<Path, String> texts, BooleanSupplier givenUp) {
    RouteSet next;
    Plan plan;
    try {
      next = folder.routes(texts);
      List<Finding> findings = folder.check(next);
      List<Finding> errors =
          findings.stream().filter(finding -> finding.severity() == Severity.ERROR).toList();
      if (!errors.isEmpty()) {
        refuse(RouteCounters.CHECK, said(errors));
        return;
      }
      plan = Plan.between(running, next, reserved);
      findings.forEach(warning -> LOG.warn("{}", warning.text()));
    } catch (SetupException e) {
      refuse(RouteCounters.CHECK, e.getMessage());
      return;
    }
    if (plan.isNothing() && broken == null) {
      run(texts, next);
      return;
    }
    take(plan, texts, changes.make(plan, drain, givenUp));
  }

  private void take(Plan plan, Map<Path, String> texts, Outcome outcome) {
    switch (outcome.ending()) {
      case CHANGED -> {
        broken = null;
        run(texts, plan.to());
        counters.changed(plan.ids());
        LOG.info(
            "routes changed: {} (intake paused for {} ms)",
            String.join(", ", plan.ids()),
            outcome.paused().toMillis());
      }
      case UNDRAINED -> {
        againAt = clock.instant().plus(drain.multipliedBy(REST));
        refuse(
            RouteCounters.DRAIN,
            outcome.why().getMessage()
                + " after "
                + drain.toSeconds()
                + " s: it is tried again, see that events land (queue, store, and what the routes"
                + " ask)");
      }
      case RESTORED ->
          refuse(
              RouteCounters.START,
              folder.explain(outcome.why(), texts)
                  + " (tried again when a file changes in any way)");
      case BROKEN -> {
        broken = plan;
        counters.refused(RouteCounters.START);
        complaint =
            "nothing is taken in, since neither the new routes start ("
                + folder.explain(outcome.why(), texts)
                + ") nor those of before, which is tried again and again: mend what they need, or"
                + " restart wadi";
        LOG.error("{}", complaint);
        health = HealthCheck.down(complaint);
      }
    }
  }

  private void restoreBroken() {
    if (broken == null) {
      return;
    }
    Exception failure = changes.restore(broken);
    if (failure == null) {
      broken = null;
      LOG.info("the routes of before run again, and events are taken in");
      health = HealthCheck.degraded(degraded("a change could not be started, see the log"));
    } else {
      LOG.warn("the routes of before still don't start: {}", folder.explain(failure, seen));
    }
  }

  private void run(Map<Path, String> texts, RouteSet routes) {
    if (routes != running) {
      since = clock.instant();
    }
    runningTexts = texts;
    running = routes;
    seen = texts;
    refused = null;
    complaint = null;
    counters.outdated(false);
    health = HealthCheck.up("the route files run as they are since " + since);
  }

  private void refuse(String reason, String why) {
    complaint = why;
    counters.refused(reason);
    counters.outdated(true);
    LOG.warn("the routes are not changed, those of {} go on: {}", since, why);
    if (broken == null) {
      health = HealthCheck.degraded(degraded(why));
    }
  }

  private String degraded(String why) {
    return "the routes of " + since + " run, not those in the folder: " + why;
  }

  private static String said(List<Finding> errors) {
    String first = errors.get(0).text();
    return errors.size() == 1
        ? first
        : first + " (and " + (errors.size() - 1) + " more: see `wadi check`)";
  }
}
