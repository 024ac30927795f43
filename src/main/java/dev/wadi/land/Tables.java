package dev.wadi.land;

/**
 * The names of the lake's tables, which are also their folders unless {@link FileLayout} says so.
 */
final class Tables {

  static final String EVENTS = "events";
  static final String DUPLICATES = "duplicates";
  static final String CONFLICTS = "conflicts";

  private Tables() {}
}
