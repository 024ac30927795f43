package dev.wadi.outbound;

/** Where rows are named that a receiver can't take, whatever is tried. */
@FunctionalInterface
public interface Refusals {

  /**
   * Names a row, durably.
   *
   * @param origin where it comes from
   * @param key its {@code event_key}
   * @param reason why it can't be taken
   * @throws dev.wadi.event.TransientException if it couldn't be named; then it is not handed on
   */
  void refuse(Origin origin, String key, String reason);

  /**
   * Where rows come from.
   *
   * @param feed the feed that hands them on
   * @param table their table in the lake
   * @param commit the commit that landed them
   */
  record Origin(String feed, String table, String commit) {}
}
