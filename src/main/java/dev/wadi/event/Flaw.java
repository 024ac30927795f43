package dev.wadi.event;

import java.util.Objects;

/**
 * Why a source knows that a record is no event: it is rejected by this, and not decoded.
 *
 * @param reason a code to count and select dead letters by
 * @param rule the rule it broke; null where the reason says all
 * @param message what a person needs to mend it, in one line
 */
public record Flaw(String reason, String rule, String message) {

  public Flaw {
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(message, "message");
  }
}
