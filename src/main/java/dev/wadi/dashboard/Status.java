package dev.wadi.dashboard;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.wadi.ops.Totals;
import java.util.List;

/** What {@code /api/status} says; times are ISO 8601 in UTC. */
record Status(
    String profile,
    String phase,
    String started,
    @JsonProperty("uptime_seconds") long uptimeSeconds,
    Totals totals,
    @JsonProperty("events_per_second") double eventsPerSecond,
    @JsonProperty("lag_seconds") double lagSeconds,
    List<Source> sources,
    List<RouteStatus> routes,
    List<Commit> commits) {

  /**
   * One source of records.
   *
   * @param archive whether it archives dead letters; the totals above leave it out
   */
  record Source(
      String name,
      boolean archive,
      @JsonProperty("lag_seconds") double lagSeconds,
      @JsonUnwrapped Totals totals) {}

  /**
   * One route.
   *
   * @param file where it was loaded from, as Camel names it: {@code classpath:} for Wadi's own
   * @param since when it was started; null if it does not run
   */
  record RouteStatus(
      String id,
      String state,
      String description,
      String file,
      String since,
      long exchanges,
      long failures) {}

  record Commit(
      String id,
      @JsonProperty("committed_at") String committedAt,
      long rows,
      int files,
      long bytes,
      double seconds) {}
}
