package dev.wadi.intake.poll;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header {@code Link} (RFC 8288), as far as it names the next page. */
final class LinkHeader {

  /** A target and what stands behind it, up to the next target; quoted text may hold commas. */
  private static final Pattern LINK =
      Pattern.compile("<([^>]*)>((?:\\s*;\\s*[^\\s=;,]+(?:\\s*=\\s*(?:\"[^\"]*\"|[^\\s;,]*))?)*)");

  private static final Pattern PARAMETER =
      Pattern.compile(";\\s*([^\\s=;,]+)(?:\\s*=\\s*(?:\"([^\"]*)\"|([^\\s;,]*)))?");

  private LinkHeader() {}

  /** The target of the first link with {@code rel="next"}. */
  static Optional<String> next(List<String> headers) {
    for (String header : headers) {
      Matcher link = LINK.matcher(header);
      while (link.find()) {
        if (isNext(link.group(2))) {
          return Optional.of(link.group(1));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isNext(String parameters) {
    Matcher parameter = PARAMETER.matcher(parameters);
    while (parameter.find()) {
      if (parameter.group(1).equalsIgnoreCase("rel")) {
        String names = parameter.group(2) == null ? parameter.group(3) : parameter.group(2);
        return names != null
            && List.of(names.trim().split("\\s+")).stream().anyMatch("next"::equalsIgnoreCase);
      }
    }
    return false;
  }
}
