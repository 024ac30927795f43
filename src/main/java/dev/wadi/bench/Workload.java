package dev.wadi.bench;

import dev.wadi.simulator.FaultRates;
import dev.wadi.simulator.Period;
import dev.wadi.simulator.Simulator;
import dev.wadi.simulator.SimulatorOptions;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * What is ingested: simulated events. The same workload is always the same bytes.
 *
 * @param days how many days the events are spread over: more days, more partitions
 * @param duplicates the share of events that are copies
 * @param conflicts the share of events with another's id and another payload
 */
public record Workload(long events, int days, long seed, double duplicates, double conflicts) {

  private static final Instant UNTIL = Instant.parse("2026-11-01T00:00:00Z");
  private static final int BUFFER = 1 << 18;

  /**
   * @throws IllegalArgumentException if there are no such events; the message says what to do
   */
  public Workload {
    Period.ofDays(days, UNTIL, events);
    new FaultRates(duplicates, conflicts, 0, 0);
  }

  /** Writes the events as JSON lines, and waits until the disk has them. */
  void write(Path file) throws IOException {
    Simulator simulator =
        new Simulator(
            SimulatorOptions.history(
                seed,
                Period.ofDays(days, UNTIL, events),
                new FaultRates(duplicates, conflicts, 0, 0)),
            Clock.fixed(UNTIL, ZoneOffset.UTC));
    try (FileOutputStream plain = new FileOutputStream(file.toFile());
        OutputStream lines = new BufferedOutputStream(plain, BUFFER)) {
      for (long n = 0; n < events; n++) {
        lines.write(simulator.next().bytes());
        lines.write('\n');
      }
      lines.flush();
      // else the disk would be busy with it during the first run
      plain.getFD().sync();
    }
  }
}
