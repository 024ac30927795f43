package dev.wadi.ops;

import dev.wadi.event.SetupException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The environment variables that the log's own configuration reads before any code of ours runs.
 */
final class LogVariables {

  private static final Map<String, List<String>> VALUES =
      Map.of(
          "WADI_LOG_LEVEL", List.of("error", "warn", "info", "debug", "trace"),
          "WADI_LOG_FORMAT", List.of("text", "json"));

  private LogVariables() {}

  /**
   * @throws SetupException for a value that the log would pass over, or fall silent at
   */
  static void check(Map<String, String> environment) {
    VALUES.forEach(
        (variable, values) -> {
          String value = environment.get(variable);
          // the format is the name of an appender, so its case matters
          boolean known =
              value == null
                  || values.contains(value)
                  || variable.equals("WADI_LOG_LEVEL")
                      && values.contains(value.toLowerCase(Locale.ROOT));
          if (!known) {
            throw new SetupException(
                String.format(
                    "environment variable %s is '%s': it must be one of %s",
                    variable, value, String.join(", ", values)));
          }
        });
  }
}
