package dev.wadi;

import dev.wadi.event.SetupException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * Says in one line why the routes could not be loaded or started: where, what, and what to do.
 * Camel's own messages wrap the reason several times and print whole routes.
 */
final class RouteFailure {

  private static final int LONGEST = 400;

  private RouteFailure() {}

  /**
   * @param users where the user's routes stand
   */
  static SetupException explain(Throwable failure, UserRoutes users) {
    String place = "";
    Throwable what = null;
    for (Throwable cause : causes(failure)) {
      if (cause instanceof FailedToCreateRouteException create) {
        place = place(create.getRouteId(), users);
        what = null;
      } else if (cause instanceof FailedToStartRouteException start) {
        place = place(start.getRouteId(), users);
        what = null;
      } else if (cause instanceof SetupException setup) {
        return users.files().isEmpty() ? setup : new SetupException(place + line(setup), failure);
      } else if (cause instanceof MarkedYamlEngineException yaml
          && yaml.getProblemMark().isPresent()) {
        place = place(yaml.getProblemMark().get(), users);
        what = new IllegalArgumentException(yaml.getProblem());
        break;
      } else if (what == null) {
        what = cause;
      }
    }
    return new SetupException(
        "the routes can't start: "
            + place
            + line(what == null ? failure : what).replaceFirst("\\.+$", "")
            + (users.files().isEmpty() ? "" : ". " + users.remedy()),
        failure);
  }

  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = failure;
        cause != null && !causes.contains(cause);
        cause = cause.getCause()) {
      causes.add(cause);
    }
    return causes;
  }

  private static String place(String routeId, UserRoutes users) {
    return users.placeOf(routeId).map(place -> place + ": ").orElse("") + "route " + routeId + ": ";
  }

  private static String place(Mark mark, UserRoutes users) {
    Path file = Path.of(mark.getName().replaceFirst("^file:", ""));
    return users.files().stream()
            .filter(given -> given.toAbsolutePath().equals(file))
            .findFirst()
            .orElse(file)
        + ":"
        + (mark.getLine() + 1)
        + ": ";
  }

  private static String line(Throwable failure) {
    String message = String.valueOf(failure.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
    // a lone word, such as the name of a class, says nothing without its exception
    String text = message.contains(" ") ? message : failure.getClass().getName() + ": " + message;
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }
}
