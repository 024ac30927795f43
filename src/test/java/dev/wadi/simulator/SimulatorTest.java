package dev.wadi.simulator;

import static dev.wadi.simulator.Simulations.UNTIL;
import static dev.wadi.simulator.Simulations.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class SimulatorTest {

  private static final FaultRates SOME_FAULTS = new FaultRates(0.1, 0.05, 0.05, 0.02);

  @Test
  void emitsTheSameBytesForTheSameSeed() {
    assertThat(bytes(Simulations.month(5, 3_000, SOME_FAULTS)))
        .isEqualTo(bytes(Simulations.month(5, 3_000, SOME_FAULTS)));
  }

  @Test
  void emitsOtherEventsForAnotherSeed() {
    Simulator one = Simulations.month(5, 3_000, FaultRates.NONE);
    Simulator other = Simulations.month(6, 3_000, FaultRates.NONE);
    assertThat(one.next().bytes()).isNotEqualTo(other.next().bytes());
  }

  @Test
  void emitsTheSameBytesForTheSameSeedAndClock() {
    SimulatorOptions options = SimulatorOptions.live(5, SOME_FAULTS);
    assertThat(bytes(new Simulator(options, Simulations.CLOCK)))
        .isEqualTo(bytes(new Simulator(options, Simulations.CLOCK)));
  }

  @Test
  void emitsInTheOrderOfTime() {
    List<JsonNode> events = Simulations.events(Simulations.month(1, 5_000, FaultRates.NONE), 5_000);
    assertThat(events.stream().map(Simulations::time)).isSorted();
  }

  @Test
  void fillsAPeriodFromEndToEndWhateverTheFaults() {
    Simulator simulator = Simulations.month(1, 9_000, new FaultRates(0.3, 0.1, 0, 0));
    List<JsonNode> events = Simulations.events(simulator, 9_000);
    Instant from = UNTIL.minus(Duration.ofDays(30));
    Map<Instant, Integer> perDay = new TreeMap<>();
    for (JsonNode event : events) {
      assertThat(time(event)).isBetween(from, UNTIL);
      perDay.merge(time(event).truncatedTo(ChronoUnit.DAYS), 1, Integer::sum);
    }
    assertThat(perDay).hasSize(30).allSatisfy((day, count) -> assertThat(count).isGreaterThan(50));
  }

  @Test
  void goesOnAfterThePeriodWhenAskedForMore() {
    Simulator simulator = Simulations.month(1, 100, FaultRates.NONE);
    List<JsonNode> events = Simulations.events(simulator, 200);
    assertThat(time(events.get(99))).isBefore(UNTIL);
    assertThat(time(events.get(100))).isEqualTo(UNTIL);
    assertThat(time(events.get(199))).isBetween(UNTIL, UNTIL.plus(Duration.ofDays(31)));
  }

  @Test
  void isBusierByDayThanAtNight() {
    List<JsonNode> events = Simulations.events(Simulations.month(1, 5_000, FaultRates.NONE), 5_000);
    long atNoon = events.stream().filter(event -> hour(event) == 12).count();
    long atNight = events.stream().filter(event -> hour(event) == 2).count();
    assertThat(atNoon).isGreaterThan(atNight * 3 / 2);
  }

  @Test
  void carriesTheTimeOfEmissionWhenLive() {
    Instant now = Instant.parse("2026-11-21T10:00:00.123456Z");
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    Simulator simulator = new Simulator(SimulatorOptions.live(1, FaultRates.NONE), clock);
    List<JsonNode> events = Simulations.events(simulator, 3);
    assertThat(events.stream().map(Simulations::time))
        .containsExactly(now, now.plusNanos(1_000), now.plusNanos(2_000));
  }

  @Test
  void bringsAChangeToProductionWithinMinutesOfALiveSimulation() {
    Simulator simulator =
        new Simulator(SimulatorOptions.live(1, FaultRates.NONE), Simulations.CLOCK);
    // at 50 events a second this is after two minutes
    List<JsonNode> events = Simulations.events(simulator, 6_000);
    assertThat(events)
        .anySatisfy(
            event ->
                assertThat(event.at("/subject/content/environment/id").asText()).isEqualTo("prod"));
  }

  @Test
  void countsEveryKindOfEmission() {
    Simulator simulator = Simulations.month(1, 20_000, SOME_FAULTS);
    List<Emission> emissions = Simulations.take(simulator, 20_000);
    for (Emission.Kind kind : Emission.Kind.values()) {
      assertThat(simulator.count(kind))
          .isEqualTo(emissions.stream().filter(emission -> emission.kind() == kind).count());
    }
    assertThat(simulator.count(Emission.Kind.DUPLICATE)).isCloseTo(2_000, within(200L));
    assertThat(simulator.count(Emission.Kind.CONFLICT)).isCloseTo(1_000, within(150L));
    assertThat(simulator.count(Emission.Kind.MALFORMED)).isCloseTo(1_000, within(150L));
    assertThat(simulator.count(Emission.Kind.LATE)).isCloseTo(400, within(100L));
  }

  private static int hour(JsonNode event) {
    return time(event).atZone(ZoneOffset.UTC).getHour();
  }

  private static byte[] bytes(Simulator simulator) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Simulations.take(simulator, 3_000).forEach(emission -> bytes.writeBytes(emission.bytes()));
    return bytes.toByteArray();
  }
}
