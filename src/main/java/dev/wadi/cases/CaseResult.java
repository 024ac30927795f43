package dev.wadi.cases;

import java.time.Duration;
import java.util.List;

/**
 * How a case ended.
 *
 * @param differences none if it is as expected
 */
public record CaseResult(RouteCase routeCase, List<Difference> differences, Duration took) {

  public CaseResult {
    differences = List.copyOf(differences);
  }

  /** Whether all was as expected. */
  public boolean isOk() {
    return differences.isEmpty();
  }

  /** In seconds. */
  public double seconds() {
    return took.toMillis() / 1e3;
  }
}
