package dev.wadi.intake.poll;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header {@code Link} (RFC 8288), as far as it names the next page. */
final class LinkHeader {

  private static final String QUOTED = "\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"";

  /** With its name, and its value in quotes or without; or with nothing, as nothing forbids. */
  private static final String PARAMETER =
      ";\\s*+(?:([^\\s=;,<>\"]++)(?:\\s*+=\\s*+(?:" + QUOTED + "|((?!\")[^\\s;,]*+)))?+)?+";

  /** A target and what stands behind it, or nothing, as a list may have it. */
  private static final Pattern LINK =
      Pattern.compile("\\s*+(?:<([^>]*+)>((?:\\s*+" + PARAMETER + ")*+))?+\\s*+(?:,|$)");

  private static final Pattern PARAMETERS = Pattern.compile(PARAMETER);

  private LinkHeader() {}

  /**
   * The target of the first link with {@code rel="next"}.
   *
   * @throws IllegalArgumentException if a header is none: what it names can't be told then
   */
  static Optional<String> next(List<String> headers) {
    Optional<String> next = Optional.empty();
    for (String header : headers) {
      Matcher link = LINK.matcher(header);
      int from = 0;
      while (from < header.length()) {
        if (!link.region(from, header.length()).lookingAt()) {
          throw new IllegalArgumentException(
              "the header Link can't be read from its character " + (from + 1) + " on");
        }
        if (next.isEmpty() && link.group(1) != null && isNext(link.group(2))) {
          next = Optional.of(link.group(1));
        }
        from = link.end();
      }
    }
    return next;
  }

  private static boolean isNext(String parameters) {
    Matcher parameter = PARAMETERS.matcher(parameters);
    while (parameter.find()) {
      if ("rel".equalsIgnoreCase(parameter.group(1))) {
        String names = parameter.group(2) == null ? parameter.group(3) : parameter.group(2);
        return names != null
            && List.of(names.trim().split("\\s+")).stream().anyMatch("next"::equalsIgnoreCase);
      }
    }
    return false;
  }
}
