package dev.wadi.check;

import dev.wadi.event.SetupException;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something wrong, where it stands, and what to do about it.
 *
 * @param file as a person would name it; null if it stands in none
 * @param line from 1 on; 0 if it isn't known
 * @param message what is wrong, a colon, and what to do
 */
public record Finding(Severity severity, String file, int line, String message) {

  /** By file and line; what stands in no file comes first. */
  public static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::file, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparingInt(Finding::line)
          .thenComparing(Finding::severity)
          .thenComparing(Finding::message);

  private static final Pattern PLACE = Pattern.compile("([^\\s:]+):(\\d+): (.+)", Pattern.DOTALL);

  /** How bad it is. */
  public enum Severity {
    /** It can't start, or fails the batch that meets it. */
    ERROR,
    /** It runs, and may not do what was meant. */
    WARNING
  }

  /** An error of which a start would say the same. */
  public static Finding of(SetupException refusal) {
    String message = refusal.getMessage().strip().replaceAll("\\s*\\R\\s*", " ");
    Matcher placed = PLACE.matcher(message);
    return placed.matches()
        ? new Finding(
            Severity.ERROR, placed.group(1), Integer.parseInt(placed.group(2)), placed.group(3))
        : new Finding(Severity.ERROR, null, 0, message);
  }

  /** One line, as compilers write it. */
  public String text() {
    StringBuilder text = new StringBuilder();
    if (file != null) {
      text.append(file).append(line > 0 ? ":" + line : "").append(": ");
    }
    return text.append(severity == Severity.WARNING ? "warning: " : "").append(message).toString();
  }
}
