package dev.wadi.ops;

import dev.wadi.event.Replay;
import java.time.Clock;
import java.time.Duration;

/**
 * How far a run has come, over the sources that bring events in. The archive of dead letters and
 * their replays are sources too, but what they receive was received before.
 */
public final class Progress {

  private final Metrics metrics;
  private final String archive;
  private final Throughput throughput;

  /**
   * @param archive the name of the source that archives dead letters, such as {@code
   *     sqs:events-dlq}
   * @param clock for the events a second
   */
  public Progress(Metrics metrics, String archive, Clock clock) {
    this.metrics = metrics;
    this.archive = archive;
    this.throughput = new Throughput(this::taken, clock);
  }

  /** Whether a source is the archive of dead letters. */
  public boolean isArchive(String source) {
    return source.equals(archive);
  }

  /** The sum over the sources that bring events in. */
  public Totals totals() {
    return Totals.steady(
        () ->
            metrics.sources().stream()
                .filter(source -> !isArchive(source) && !Replay.isSource(source))
                .map(metrics::totals)
                .reduce(Totals.NONE, Totals::plus));
  }

  /** Events received a second over the last ten seconds. */
  public double perSecond() {
    return throughput.perSecond();
  }

  /** To be called about once a second. */
  public void sample() {
    throughput.sample();
  }

  /** How long the oldest event in flight has waited. */
  public Duration lag() {
    return metrics.sources().stream()
        .filter(source -> !isArchive(source))
        .map(metrics::lag)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  private long taken() {
    return totals().taken();
  }
}
