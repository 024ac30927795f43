package dev.wadi.tap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The nodes that there are, and who looks at them. Thread-safe. */
final class Taps {

  /** How many may look at a time. */
  static final int MOST = 8;

  private final Map<String, TapPoint> points = new ConcurrentHashMap<>();
  private final Map<String, String> firstOfRoute = new ConcurrentHashMap<>();
  private final List<Tap> open = new ArrayList<>();

  private final Predicate<String> isThere;

  /**
   * @param isThere whether a node is one of a route that is there now
   */
  Taps(Predicate<String> isThere) {
    this.isThere = isThere;
  }

  /** The node of an id, which stays the same when its route is changed. */
  TapPoint point(String node) {
    return points.computeIfAbsent(node, id -> new TapPoint());
  }

  /** Notes by which node a route begins. */
  void begins(String route, String node) {
    firstOfRoute.put(route, node);
  }

  /**
   * The node that a name means.
   *
   * @param name a node's id, or a route's: then its first node
   * @return null if there is none
   */
  String node(String name) {
    String node = firstOfRoute.getOrDefault(name, name);
    return isThere(node) ? node : null;
  }

  /** Whether a node is there now: a route may have been taken away, or changed. */
  boolean isThere(String node) {
    return points.containsKey(node) && isThere.test(node);
  }

  /** The routes that are there now, and their nodes. */
  String listing() {
    StringBuilder listing = new StringBuilder();
    new TreeMap<>(firstOfRoute)
        .forEach(
            (route, first) -> {
              if (isThere(first)) {
                listing.append(route).append(" (begins at ").append(first).append(")\n");
              }
            });
    points.keySet().stream()
        .filter(isThere)
        .sorted()
        .forEach(node -> listing.append(node).append('\n'));
    return listing.toString();
  }

  /** Opens a tap; false if too many are open. */
  synchronized boolean open(Tap tap) {
    if (open.size() >= MOST) {
      return false;
    }
    open.add(tap);
    points.get(tap.node()).add(tap);
    return true;
  }

  synchronized void close(Tap tap) {
    if (open.remove(tap)) {
      points.get(tap.node()).remove(tap);
    }
  }
}
