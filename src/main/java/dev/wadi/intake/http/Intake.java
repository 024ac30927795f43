package dev.wadi.intake.http;

import java.util.function.Consumer;

/** Where what was posted goes to. */
interface Intake {

  /** Whether it may hold up the calling thread. */
  boolean isBlocking();

  /**
   * Whether each of several events is taken by itself, and dead letters are made of what is none;
   * otherwise all are refused if one is none.
   */
  boolean takesRejected();

  /**
   * Takes what was posted.
   *
   * @param ended told once: with null when it is durable, or with what failed
   */
  void take(Posted posted, Consumer<Throwable> ended);
}
