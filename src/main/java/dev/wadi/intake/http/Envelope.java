package dev.wadi.intake.http;

import java.util.Locale;

/** What of a CloudEvent goes on. */
public enum Envelope {
  /** Its data: the event that it carries. */
  DATA,
  /** All of it, as the JSON that its structured mode has. */
  KEEP;

  /**
   * By its name in settings and routes.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Envelope named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
