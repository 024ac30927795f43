package dev.wadi.flatten;

import java.text.Normalizer;
import java.util.List;

/** Makes a column's name of the member names that lead to it, whatever characters these have. */
final class ColumnName {

  /** Longer names are cut: they are a trial to read, and some catalogs stop at 255. */
  static final int MAX_LENGTH = 128;

  private ColumnName() {}

  /**
   * The members in snake_case, joined with {@code _}: {@code subject, content, pipelineName} gives
   * {@code subject_content_pipeline_name}.
   */
  static String of(List<String> members) {
    StringBuilder name = new StringBuilder();
    for (String member : members) {
      if (name.length() > MAX_LENGTH) {
        break;
      }
      if (!name.isEmpty()) {
        underscore(name);
      }
      append(name, member);
    }
    trimEnd(name);
    if (Character.isDigit(name.charAt(0))) {
      name.insert(0, '_');
    }
    name.setLength(Math.min(name.length(), MAX_LENGTH));
    return name.toString();
  }

  /** The name with a suffix, cut so that both fit. */
  static String withSuffix(String name, int number) {
    String suffix = "_" + number;
    return name.substring(0, Math.min(name.length(), MAX_LENGTH - suffix.length())) + suffix;
  }

  private static void append(StringBuilder name, String member) {
    // a very long member adds nothing past the cut; a letter with an accent keeps its letter
    String text = member.substring(0, Math.min(member.length(), MAX_LENGTH + 1));
    text = Normalizer.normalize(text, Normalizer.Form.NFKD).replaceAll("\\p{M}+", "");
    boolean named = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        if (startsWord(text, i)) {
          underscore(name);
        }
        name.append((char) (c - 'A' + 'a'));
        named = true;
      } else if (isLower(c) || isDigit(c)) {
        name.append(c);
        named = true;
      } else {
        underscore(name);
      }
    }
    if (!named) {
      underscore(name);
      name.append("field");
    }
  }

  /** {@code pipelineName}, {@code HTTPServer}, {@code runIDs}: a word starts at N, S and I. */
  private static boolean startsWord(String text, int at) {
    if (at == 0) {
      return false;
    }
    char before = text.charAt(at - 1);
    if (isLower(before) || isDigit(before)) {
      return true;
    }
    boolean capitalBefore = before >= 'A' && before <= 'Z';
    boolean lowerAfter = at + 1 < text.length() && isLower(text.charAt(at + 1));
    return capitalBefore && lowerAfter && !isPluralOfCapitals(text, at);
  }

  private static boolean isPluralOfCapitals(String text, int at) {
    return text.charAt(at + 1) == 's' && (at + 2 == text.length() || !isLower(text.charAt(at + 2)));
  }

  private static void underscore(StringBuilder name) {
    if (name.isEmpty() || name.charAt(name.length() - 1) != '_') {
      name.append('_');
    }
  }

  private static void trimEnd(StringBuilder name) {
    while (name.length() > 1 && name.charAt(name.length() - 1) == '_') {
      name.setLength(name.length() - 1);
    }
  }

  private static boolean isLower(char c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
