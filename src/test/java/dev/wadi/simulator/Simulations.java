package dev.wadi.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Simulations for tests. */
final class Simulations {

  static final Instant UNTIL = Instant.parse("2026-11-01T00:00:00Z");

  /** A clock that stands, where a history needs none. */
  static final Clock CLOCK = Clock.fixed(UNTIL, ZoneOffset.UTC);

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Simulations() {}

  /** A history of 30 days. */
  static Simulator month(long seed, long events, FaultRates faults) {
    Period period = Period.ofDays(30, UNTIL, events);
    return new Simulator(SimulatorOptions.history(seed, period, faults), CLOCK);
  }

  static List<Emission> take(Simulator simulator, int count) {
    List<Emission> emissions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      emissions.add(simulator.next());
    }
    return emissions;
  }

  /** The events of a simulation without faults. */
  static List<JsonNode> events(Simulator simulator, int count) {
    return take(simulator, count).stream().map(emission -> json(emission.bytes())).toList();
  }

  static JsonNode json(byte[] bytes) {
    try {
      return MAPPER.readTree(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Instant time(JsonNode event) {
    return Instant.parse(event.at("/context/timestamp").textValue());
  }
}
