package dev.wadi.dashboard;

import dev.wadi.ops.HealthCheck;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Down if threads wait for one another in a circle, which nothing but the end of the process
 * breaks. A thread that waits for a server is none of these, so an outage ends nobody.
 */
final class ThreadsCheck implements HealthCheck {

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  @Override
  public Result ask() {
    long[] locked = threads.findDeadlockedThreads();
    if (locked == null) {
      return HealthCheck.up(threads.getThreadCount() + " threads");
    }
    return HealthCheck.down(
        "these wait for each other for ever: "
            + Stream.of(threads.getThreadInfo(locked))
                .filter(Objects::nonNull)
                .map(ThreadInfo::getThreadName)
                .sorted()
                .collect(Collectors.joining(", ")));
  }
}
