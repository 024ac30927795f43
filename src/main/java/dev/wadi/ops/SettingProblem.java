package dev.wadi.ops;

import dev.wadi.event.SetupException;

/**
 * A setting that can't be used.
 *
 * @param what what is wrong
 * @param origin where it stands: {@code file:line}, or in words; null if {@code what} says so
 * @param remedy what to do
 */
public record SettingProblem(String what, String origin, String remedy) {

  /** What a start refuses it with. */
  SetupException refusal() {
    String at = origin == null ? "" : " (" + origin + ")";
    return new SetupException(what + at + ": " + remedy);
  }
}
