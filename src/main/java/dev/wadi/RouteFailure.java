package dev.wadi;

import dev.wadi.event.SetupException;

/** Says in one line why the routes could not be loaded or started. */
final class RouteFailure {

  private static final int LONGEST = 400;

  private RouteFailure() {}

  static SetupException explain(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      if (root.getCause() instanceof SetupException setup) {
        return setup;
      }
      root = root.getCause();
    }
    String outer = line(failure);
    String inner = line(root);
    return new SetupException(
        "the routes can't start: "
            + (outer.contains(inner) || root == failure ? outer : outer + ": " + inner)
            + ". Mend the route file, or leave --routes out",
        failure);
  }

  private static String line(Throwable failure) {
    String message = String.valueOf(failure.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
    return message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "...";
  }
}
