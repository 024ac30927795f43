package dev.wadi.bench;

/**
 * One run of one contestant.
 *
 * @param seconds of the whole process, from the start of its JVM to its end
 * @param report what it said about itself; null if it failed
 * @param written what it has left; null if it failed
 * @param failure why it failed, or null
 */
public record Measured(double seconds, SelfReport report, Written written, String failure) {

  static Measured failed(double seconds, String why) {
    return new Measured(seconds, null, null, why);
  }

  /** Whether it came to its end. */
  public boolean ok() {
    return failure == null;
  }

  double eventsPerSecond() {
    return report.events() / seconds;
  }

  double eventsPerWorkSecond() {
    return report.events() / report.workSeconds();
  }

  double cpuMicrosPerEvent() {
    return report.workCpuSeconds() * 1e6 / report.events();
  }
}
