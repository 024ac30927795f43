package dev.wadi.cases;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Differences as a person reads them: by table, the columns that differ side by side.
 *
 * @param colours whether a terminal shows it
 */
public record DiffText(boolean colours) {

  private static final int LONGEST = 200;
  private static final int TOLD = 2;
  private static final String RED = "\u001b[31m";
  private static final String GREEN = "\u001b[32m";
  private static final String PLAIN = "\u001b[0m";

  /** What a row of a cell's table is made of. */
  private record Cells(String column, String expected, String came) {}

  /** The line of a result. */
  public String line(CaseResult result) {
    String said = result.isOk() ? green("ok    ") : red("FAILED");
    return "%s  %s (%.2f s)".formatted(said, result.routeCase().name(), result.seconds());
  }

  /** How it differs, line by line; none if it doesn't. */
  public List<String> lines(CaseResult result) {
    List<String> lines = new ArrayList<>();
    if (result.isOk()) {
      return lines;
    }
    lines.add("        " + result.routeCase().place());
    result.differences().forEach(difference -> add(difference, result, lines));
    return lines;
  }

  private void add(Difference difference, CaseResult result, List<String> lines) {
    if (difference instanceof Difference.Failure failure) {
      lines.add(
          "        "
              + (failure.expected() == null
                  ? "it failed: "
                  : "expected to fail with '" + failure.expected() + "': ")
              + red(failure.came() == null ? "it did not fail" : failure.came()));
    } else if (difference instanceof Difference.Count count) {
      lines.add(
          "        %s: %s expected, %s came"
              .formatted(
                  count.table(), green(number(count.expected())), red(number(count.came()))));
    } else if (difference instanceof Difference.Dropped dropped) {
      lines.add(
          "        dropped as '%s': %s expected, %s came"
              .formatted(
                  dropped.reason(),
                  green(number(dropped.expected())),
                  red(number(dropped.came()))));
    } else if (difference instanceof Difference.Missing missing) {
      lines.add(
          "        %s: %s %s"
              .formatted(
                  missing.table(),
                  green("missing"),
                  text(missing.row().columns()) + at(missing.row(), result)));
    } else if (difference instanceof Difference.Extra extra) {
      lines.add("        %s: %s %s".formatted(extra.table(), red("extra"), shown(extra.row())));
    } else if (difference instanceof Difference.Row row) {
      lines.add(
          "        %s: a row differs%s: %s"
              .formatted(row.table(), at(row.row(), result), told(row.row().columns())));
      lines.addAll(table(row.columns()));
    }
  }

  private List<String> table(List<Difference.Column> columns) {
    List<Cells> cells = new ArrayList<>();
    cells.add(new Cells("column", "expected", "came"));
    columns.forEach(
        column ->
            cells.add(
                new Cells(
                    column.name(),
                    column.expected() == null ? "(no such column)" : value(column.expected()),
                    column.came() == null ? "(no such column)" : value(column.came()))));
    int first = cells.stream().mapToInt(row -> row.column().length()).max().orElse(0);
    int second = cells.stream().mapToInt(row -> row.expected().length()).max().orElse(0);
    List<String> lines = new ArrayList<>();
    for (Cells row : cells) {
      boolean head = lines.isEmpty();
      lines.add(
          "          "
              + padded(row.column(), first)
              + "  "
              + (head ? padded(row.expected(), second) : green(padded(row.expected(), second)))
              + "  "
              + (head ? row.came() : red(row.came())));
    }
    return lines;
  }

  private static String at(Expected.Row row, CaseResult result) {
    return " (" + result.routeCase().file() + ":" + row.line() + ")";
  }

  /** The first columns, which a writer puts first since they tell the row. */
  private static String told(Map<String, JsonNode> columns) {
    Map<String, JsonNode> first = new LinkedHashMap<>();
    columns.forEach(
        (name, value) -> {
          if (first.size() < TOLD) {
            first.put(name, value);
          }
        });
    return text(first);
  }

  private static String shown(Map<String, JsonNode> row) {
    Map<String, JsonNode> shown = new TreeMap<>(row);
    shown.values().removeIf(JsonNode::isNull);
    shown.keySet().removeAll(Comparison.BOOKKEEPING);
    return text(shown);
  }

  private static String text(Map<String, JsonNode> columns) {
    List<String> parts = new ArrayList<>();
    columns.forEach((name, value) -> parts.add(name + ": " + value(value)));
    return cut("{" + String.join(", ", parts) + "}", LONGEST * 2);
  }

  private static String value(JsonNode value) {
    return cut(value.toString(), LONGEST).replaceAll("\\p{Cntrl}", "?");
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most) + "...";
  }

  private static String number(int count) {
    return count == 0 ? "none" : Integer.toString(count);
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  private String red(String text) {
    return colours ? RED + text + PLAIN : text;
  }

  private String green(String text) {
    return colours ? GREEN + text + PLAIN : text;
  }
}
