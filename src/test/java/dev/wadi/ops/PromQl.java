package dev.wadi.ops;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names in a PromQL expression: of series, and of labels that it selects or groups by. No
 * parser, but enough of one to find a name that is misspelt.
 */
record PromQl(Set<String> series, Set<String> labels) {

  private static final Set<String> WORDS =
      Set.of(
          "and",
          "or",
          "unless",
          "bool",
          "offset",
          "on",
          "ignoring",
          "group_left",
          "group_right",
          "by",
          "without",
          "inf",
          "nan");
  private static final Pattern BY_NAME = Pattern.compile("\\{__name__=~\"([^\"]*)\"}");
  private static final Pattern GROUPING =
      Pattern.compile("\\b(?:by|without|on|ignoring)\\s*\\(([^)]*)\\)");
  private static final Pattern SELECTOR = Pattern.compile("\\{([^}]*)}");
  private static final Pattern LABEL = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");

  static PromQl of(String expression) {
    Set<String> series = new TreeSet<>();
    Set<String> labels = new HashSet<>();
    String rest = expression;
    Matcher byName = BY_NAME.matcher(rest);
    while (byName.find()) {
      series.addAll(Set.of(byName.group(1).split("\\|")));
    }
    rest = byName.replaceAll(" ").replaceAll("\"[^\"]*\"", " ");
    Matcher selector = SELECTOR.matcher(rest);
    while (selector.find()) {
      Matcher label = LABEL.matcher(selector.group(1));
      while (label.find()) {
        labels.add(label.group(1));
      }
    }
    rest = selector.replaceAll(" ");
    Matcher grouping = GROUPING.matcher(rest);
    while (grouping.find()) {
      for (String label : grouping.group(1).split(",")) {
        if (!label.isBlank()) {
          labels.add(label.strip());
        }
      }
    }
    // ranges and numbers, such as [10m] and 1e3
    rest = grouping.replaceAll(" ").replaceAll("\\[[^]]*]", " ").replaceAll("\\b\\d\\w*", " ");
    Matcher name = NAME.matcher(rest);
    while (name.find()) {
      if (!WORDS.contains(name.group().toLowerCase(Locale.ROOT)) && !isFunction(rest, name.end())) {
        series.add(name.group());
      }
    }
    return new PromQl(series, labels);
  }

  /** Whether every bracket is closed by its like. */
  static boolean isBalanced(String expression) {
    StringBuilder open = new StringBuilder();
    for (char c : expression.replaceAll("\"[^\"]*\"", "").toCharArray()) {
      int opening = "([{".indexOf(c);
      int closing = ")]}".indexOf(c);
      if (opening >= 0) {
        open.append(c);
      } else if (closing >= 0) {
        int last = open.length() - 1;
        if (last < 0 || "([{".indexOf(open.charAt(last)) != closing) {
          return false;
        }
        open.setLength(last);
      }
    }
    return open.isEmpty();
  }

  private static boolean isFunction(String text, int end) {
    return text.substring(end).stripLeading().startsWith("(");
  }
}
