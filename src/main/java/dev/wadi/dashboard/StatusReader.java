package dev.wadi.dashboard;

import dev.wadi.ops.Health;
import dev.wadi.ops.Metrics;
import dev.wadi.ops.Progress;
import dev.wadi.ops.RecentCommits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;

/** Gathers the status of this moment. */
final class StatusReader {

  private final String profile;
  private final Metrics metrics;
  private final Progress progress;
  private final RecentCommits commits;
  private final Health health;
  private final RouteCounts routeCounts;
  private final Supplier<CamelContext> camel;
  private final Clock clock;
  private final Instant started;

  StatusReader(
      String profile,
      Metrics metrics,
      Progress progress,
      RecentCommits commits,
      Health health,
      RouteCounts routeCounts,
      Supplier<CamelContext> camel,
      Clock clock) {
    this.profile = profile;
    this.metrics = metrics;
    this.progress = progress;
    this.commits = commits;
    this.health = health;
    this.routeCounts = routeCounts;
    this.camel = camel;
    this.clock = clock;
    this.started = clock.instant();
  }

  Status read() {
    return new Status(
        profile,
        health.phase().name().toLowerCase(Locale.ROOT),
        started.toString(),
        Duration.between(started, clock.instant()).toSeconds(),
        progress.totals(),
        Math.round(progress.perSecond() * 10) / 10.0,
        seconds(progress.lag()),
        metrics.sources().stream().map(this::source).toList(),
        routes(),
        commits.latestFirst().stream().map(StatusReader::commit).toList());
  }

  private Status.Source source(String name) {
    return new Status.Source(
        name, progress.isArchive(name), seconds(metrics.lag(name)), metrics.totals(name));
  }

  private List<Status.RouteStatus> routes() {
    return camel.get().getRoutes().stream()
        .sorted(Comparator.comparing(Route::getRouteId))
        .map(this::route)
        .toList();
  }

  private Status.RouteStatus route(Route route) {
    String id = route.getRouteId();
    ServiceStatus status = camel.get().getRouteController().getRouteStatus(id);
    return new Status.RouteStatus(
        id,
        // it may be gone since it was asked for
        (status == null ? ServiceStatus.Stopped : status).name().toLowerCase(Locale.ROOT),
        route.getDescription() == null ? "" : route.getDescription(),
        route.getSourceResource() == null ? "" : route.getSourceResource().getLocation(),
        status == ServiceStatus.Started ? since(route) : null,
        routeCounts.exchanges(id),
        routeCounts.failures(id));
  }

  private String since(Route route) {
    return clock
        .instant()
        .minusMillis(route.getUptimeMillis())
        .truncatedTo(ChronoUnit.SECONDS)
        .toString();
  }

  private static Status.Commit commit(RecentCommits.Commit commit) {
    return new Status.Commit(
        commit.id(),
        commit.committedAt().toString(),
        commit.rows(),
        commit.files(),
        commit.bytes(),
        seconds(commit.took()));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }
}
