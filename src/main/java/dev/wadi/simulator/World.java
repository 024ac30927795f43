package dev.wadi.simulator;

/** What a simulation tells of. It goes on for ever, one event after the other. Not thread-safe. */
interface World {

  /**
   * Lets happen what comes next, and writes the event that tells of it.
   *
   * @param micros the time that the event is to carry, in microseconds since 1970
   */
  void tell(JsonText json, long micros);
}
