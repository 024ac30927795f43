package dev.wadi.bench;

import dev.wadi.event.SourceRecord;
import dev.wadi.event.TextBlock;
import dev.wadi.simulator.FaultRates;
import dev.wadi.simulator.Period;
import dev.wadi.simulator.Simulator;
import dev.wadi.simulator.SimulatorOptions;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** What the benchmarks are given: the events of a simulated day, always the same ones. */
final class SimulatedEvents {

  /** More of them than the processor's caches hold. */
  static final int COUNT = 20_000;

  private static final Instant UNTIL = Instant.parse("2026-11-01T00:00:00Z");

  private SimulatedEvents() {}

  /** As the live routes get them. */
  static List<SourceRecord> records() {
    Simulator simulator =
        new Simulator(
            SimulatorOptions.history(1, Period.ofDays(1, UNTIL, COUNT), FaultRates.NONE),
            Clock.fixed(UNTIL, ZoneOffset.UTC));
    List<SourceRecord> records = new ArrayList<>();
    for (int n = 0; n < COUNT; n++) {
      records.add(
          new SourceRecord("benchmark", String.valueOf(n), simulator.next().bytes(), UNTIL, 1));
    }
    return records;
  }

  /** As an ingest gets them. */
  static TextBlock block() {
    return new TextBlock(
        "events.jsonl",
        records().stream()
            .map(record -> new String(record.bytes(), StandardCharsets.UTF_8))
            .toArray(String[]::new));
  }
}
