package dev.wadi.bench;

import java.util.Map;

/**
 * What a benchmark has found.
 *
 * @param rawBytes the size of the events as JSON lines
 * @param measured the ingest is always there, and came to its end
 */
public record BenchReport(
    Workload workload,
    int runs,
    long rawBytes,
    Machine machine,
    Map<Contestant, Measured> measured) {

  Measured ingest() {
    return measured.get(Contestant.INGEST);
  }

  /** How many times smaller than the raw events it wrote. */
  double ratio(Measured one) {
    return (double) rawBytes / one.written().bytes();
  }

  /** The same without the column {@code _doc}. */
  double ratioWithoutDoc(Measured one) {
    return (double) rawBytes / (one.written().bytes() - one.written().docBytes());
  }

  /**
   * The greatest memory for each 100 events. The whole process is shared out over the events, so
   * this is more than what 100 events add to it.
   */
  double megabytesPer100Events() {
    return ingest().report().peakBytes() / 1e6 / (workload.events() / 100.0);
  }
}
