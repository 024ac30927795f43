package dev.wadi.fuzz;

import java.lang.management.ManagementFactory;

/** What the process holds in memory. */
final class Heap {

  private Heap() {}

  /** How many bytes of the heap are in use, when all that is garbage is gone. */
  static long used() {
    // twice, since what is cleaned up by the first is free after the second
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
