package dev.wadi.simulator;

/**
 * The time that an emission carries. The simulation's own time orders the steps; the timeline lays
 * them over a period or over the real time. Not thread-safe.
 */
interface Timeline {

  /**
   * The time of an emission in microseconds since 1970; never earlier than that of the one before.
   *
   * @param index counts up from 0
   */
  long micros(long index);
}
