package dev.wadi.check;

import dev.wadi.check.Finding.Severity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.camel.NamedNode;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.RouteDefinition;

/** Where the parts of routes stand. */
final class Places {

  private final UnaryOperator<String> shown;
  private final Map<String, List<String>> texts = new HashMap<>();

  /**
   * @param shown a location, such as {@code file:/routes/mine.yaml}, as a person would name it
   */
  Places(UnaryOperator<String> shown) {
    this.shown = shown;
  }

  /** Takes the lines of a file, which tell a part's line better than Camel alone. */
  void read(String location, List<String> lines) {
    texts.put(location, lines);
  }

  Finding error(NamedNode node, String message) {
    return at(Severity.ERROR, node, message);
  }

  Finding warning(NamedNode node, String message) {
    return at(Severity.WARNING, node, message);
  }

  /** A finding about a whole file or a line of it. */
  Finding error(String location, int line, String message) {
    return new Finding(Severity.ERROR, shown.apply(location), line, message);
  }

  /** The file and line of a part, for a message about another one. */
  String of(NamedNode node) {
    NamedNode located = located(node);
    return shown.apply(located.getLocation()) + ":" + line(located);
  }

  private Finding at(Severity severity, NamedNode node, String message) {
    NamedNode located = located(node);
    return new Finding(severity, shown.apply(located.getLocation()), line(located), message);
  }

  /** Camel names the line before it where a part is written in braces. */
  private int line(NamedNode node) {
    int line = node.getLineNumber();
    List<String> lines = texts.getOrDefault(node.getLocation(), List.of());
    String name = Pattern.quote(node.getShortName());
    boolean inBraces =
        line > 0
            && line < lines.size()
            && lines.get(line).matches(".*\\b" + name + ": *[\\[{].*")
            && !lines.get(line - 1).matches(".*\\b" + name + ": *(#.*)?");
    return inBraces ? line + 1 : line;
  }

  /** The part itself, or what it stands in: a part made of a word alone has no place of its own. */
  private static NamedNode located(NamedNode node) {
    NamedNode located = node;
    while (located.getLocation() == null && located.getParent() != null) {
      located = located.getParent();
    }
    if (located instanceof RouteDefinition route && route.getLocation() == null) {
      return route.getInput();
    }
    return located;
  }

  /** Whether a user has given a part its id. */
  static boolean isNamed(OptionalIdentifiedDefinition<?> part) {
    return part.getId() != null && part.hasCustomIdAssigned();
  }
}
