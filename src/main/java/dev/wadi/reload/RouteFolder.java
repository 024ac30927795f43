package dev.wadi.reload;

import dev.wadi.check.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The user's folder of routes, and what it makes of the routes of this process. */
public interface RouteFolder {

  /**
   * What the files say now.
   *
   * @throws dev.wadi.event.SetupException if they can't be read
   */
  Map<Path, String> read();

  /**
   * All routes that a start with these files would run.
   *
   * @throws dev.wadi.event.SetupException if a file is no list of routes with ids
   */
  RouteSet routes(Map<Path, String> texts);

  /** What is wrong with them, as {@code wadi check} says it. */
  List<Finding> check(RouteSet routes);

  /**
   * Why routes could not be loaded or started, in one line.
   *
   * @param texts what these routes were of, right ones
   */
  String explain(Throwable failure, Map<Path, String> texts);
}
