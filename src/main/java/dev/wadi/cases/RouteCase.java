package dev.wadi.cases;

import java.nio.file.Path;
import java.util.List;

/**
 * A case: events that are given, and what is expected of them.
 *
 * @param file the file that it stands in, as a person names it
 * @param line where it begins
 * @param name what it shows, in a sentence
 * @param setup by what it runs
 * @param into the id of the route of the user's that takes what is given; null: the pipeline
 * @param before what has landed before
 * @param given what comes then
 */
public record RouteCase(
    Path file,
    int line,
    String name,
    CaseSetup setup,
    String into,
    List<Given> before,
    List<Given> given,
    Expected expected) {

  public RouteCase {
    before = List.copyOf(before);
    given = List.copyOf(given);
  }

  /** Where it begins, such as {@code cases/orders.yaml:3}. */
  public String place() {
    return file + ":" + line;
  }
}
