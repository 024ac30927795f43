package dev.wadi.intake.file;

import java.util.Objects;

/**
 * Why a part of a file is no record that could be decoded.
 *
 * @param reason a code to count and select by, such as {@code too_large} or {@code corrupt_gzip}
 * @param rule the rule it broke; null where the reason says all
 * @param message what a person needs to mend it, in one line
 */
public record Broken(String reason, String rule, String message) {

  public Broken {
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(message, "message");
  }
}
