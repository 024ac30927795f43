package dev.wadi.ops;

/** Which routes don't run because their files change. Thread-safe. */
@FunctionalInterface
public interface ChangingRoutes {

  /** Whether a route is being changed, or is gone since a change broke off. */
  boolean has(String route);
}
