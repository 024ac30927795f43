package dev.wadi.crash.run;

/**
 * A subject and what happens to it.
 *
 * @param start starts it; it receives then
 * @param happen lets the fault happen while a load comes in, and returns when it is over
 */
record Ordeal(Subject subject, Act start, Act happen) {

  /** Something that is done to the subject. */
  @FunctionalInterface
  interface Act {
    void go() throws Exception;
  }
}
