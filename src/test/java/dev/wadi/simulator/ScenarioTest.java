package dev.wadi.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wadi.decode.DecodeLimits;
import dev.wadi.decode.Decoder;
import dev.wadi.event.Decoded;
import dev.wadi.event.Event;
import dev.wadi.event.Rejected;
import dev.wadi.event.SourceRecord;
import dev.wadi.ops.Metrics;
import dev.wadi.ops.Setting;
import dev.wadi.shape.Shapes;
import dev.wadi.simulator.Emission.Kind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every world as its shape reads it, and the stories of the shop and the website. */
@Tag("unit")
class ScenarioTest {

  private static final int EVENTS = 5_000;
  private static final FaultRates FAULTS = new FaultRates(0.1, 0.05, 0.1, 0.05);
  private static final Map<Scenario, String> SHAPES =
      Map.of(
          Scenario.CDEVENTS, "cdevents",
          Scenario.NAMED_EVENTS, "named-event",
          Scenario.WEB_SESSIONS, "web-event");

  @ParameterizedTest
  @EnumSource
  void emitsWhatItsShapeTakesOrRejectsAsItSays(Scenario scenario) {
    Decoder decoder = decoder(scenario);
    Map<String, Event> landed = new HashMap<>();
    Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    int n = 0;
    for (Emission emission : Simulations.take(month(scenario, 7, FAULTS), EVENTS)) {
      counts.merge(emission.kind(), 1, Integer::sum);
      Decoded decoded = decoder.decode(record(n++, emission));
      if (emission.kind() == Kind.MALFORMED) {
        assertThat(decoded).as(text(emission)).isInstanceOf(Rejected.class);
        continue;
      }
      assertThat(decoded).as(text(emission)).isInstanceOf(Event.class);
      Event event = (Event) decoded;
      Event first = landed.putIfAbsent(event.key().hex(), event);
      switch (emission.kind()) {
        case DUPLICATE -> assertThat(first.payloadHash()).isEqualTo(event.payloadHash());
        case CONFLICT -> assertThat(first.payloadHash()).isNotEqualTo(event.payloadHash());
        default -> assertThat(first).as("a new event").isNull();
      }
    }
    assertThat(counts).containsOnlyKeys(Kind.values());
  }

  @ParameterizedTest
  @EnumSource
  void emitsTheSameAgainForTheSameSeed(Scenario scenario) {
    List<String> once = texts(month(scenario, 7, FAULTS));
    assertThat(texts(month(scenario, 7, FAULTS))).isEqualTo(once);
    assertThat(texts(month(scenario, 8, FAULTS))).isNotEqualTo(once);
  }

  @ParameterizedTest
  @EnumSource
  void hasManyStoriesUnderWayAtATimeAndKeepsEachInOnePartition(Scenario scenario) {
    SimulatorOptions live = SimulatorOptions.live(3, FaultRates.NONE).of(scenario);
    PartitionKey keys = new PartitionKey(scenario);
    List<String> together =
        Simulations.take(new Simulator(live, Simulations.CLOCK), EVENTS).stream()
            .map(emission -> keys.of(text(emission)))
            .toList();
    assertThat(together).doesNotContain("none");
    int switches = 0;
    for (int i = 1; i < together.size(); i++) {
      switches += together.get(i).equals(together.get(i - 1)) ? 0 : 1;
    }
    assertThat(switches).isGreaterThan(EVENTS / 2);
    assertThat(new HashSet<>(together)).hasSizeBetween(EVENTS / 50, EVENTS * 3 / 4);
  }

  @Test
  void tellsAnOrderFromTheCartToTheRefund() {
    Map<String, List<String>> orders = new HashMap<>();
    for (JsonNode event : events(Scenario.NAMED_EVENTS)) {
      orders
          .computeIfAbsent(event.get("correlation_id").asText(), any -> new ArrayList<>())
          .add(event.get("event_name").asText());
    }
    assertThat(orders.values())
        .anySatisfy(
            names ->
                assertThat(names)
                    .containsSubsequence(
                        "catalog:product:viewed",
                        "cart:item:added",
                        "checkout:order:placed",
                        "payment:order:completed",
                        "shipping:parcel:dispatched",
                        "shipping:parcel:delivered",
                        "payment:refund:issued"));
    assertThat(orders.values())
        .allSatisfy(
            names -> {
              if (names.contains("shipping:parcel:dispatched")) {
                assertThat(names).contains("payment:order:completed");
              }
            });
    Set<String> all = new TreeSet<>();
    orders.values().forEach(all::addAll);
    assertThat(all).contains("payment:order:declined", "checkout:order:abandoned");
  }

  @Test
  void writesTheTimeOfANamedEventInSecondsWithSixDecimals() {
    assertThat(texts(month(Scenario.NAMED_EVENTS, 1, FaultRates.NONE)))
        .allSatisfy(text -> assertThat(text).containsPattern("\"created_at\":\\d{10}\\.\\d{6},"));
  }

  @Test
  void tellsASessionFromItsStartToItsEnd() {
    Map<String, List<JsonNode>> sessions = new HashMap<>();
    for (JsonNode event : events(Scenario.WEB_SESSIONS)) {
      sessions
          .computeIfAbsent(event.at("/session/id").asText(), any -> new ArrayList<>())
          .add(event);
    }
    int ended = 0;
    for (List<JsonNode> session : sessions.values()) {
      for (int i = 0; i < session.size(); i++) {
        JsonNode event = session.get(i);
        assertThat(event.at("/session/sequence").asInt()).isEqualTo(i + 1);
        assertThat(event.at("/session/started_at")).isEqualTo(session.get(0).get("occurred_at"));
        assertThat(event.get("visitor").get("id"))
            .isEqualTo(session.get(0).get("visitor").get("id"));
      }
      JsonNode last = session.get(session.size() - 1);
      if (last.get("event_name").asText().equals("session_end")) {
        long pages =
            session.stream().filter(e -> e.get("event_name").asText().equals("page_view")).count();
        assertThat(last.at("/engagement/pages").asLong()).isEqualTo(pages).isPositive();
        ended++;
      }
    }
    assertThat(ended).isGreaterThan(sessions.size() / 2);
  }

  @Test
  void isChosenByTheNamesThatTheSettingTakes() {
    assertThat(Scenario.names())
        .allSatisfy(
            name -> {
              assertThat(Setting.SIMULATOR_KIND.takes(name)).isTrue();
              assertThat(Scenario.named(name).text()).isEqualTo(name);
            });
    assertThatThrownBy(() -> Scenario.named("weather"))
        .hasMessageContaining("choose one of cdevents, named-events, web-sessions");
  }

  private static Decoder decoder(Scenario scenario) {
    Path shapes = Path.of("src/main/resources/flows/web-sessions/shapes");
    return new Decoder(
        Shapes.in(List.of(shapes), Map.of()).named(SHAPES.get(scenario)),
        DecodeLimits.DEFAULT,
        new Metrics(new SimpleMeterRegistry(), Simulations.CLOCK));
  }

  private static SourceRecord record(int n, Emission emission) {
    return new SourceRecord("test", "m#" + n, emission.bytes(), Simulations.UNTIL, 1);
  }

  private static List<JsonNode> events(Scenario scenario) {
    return Simulations.events(month(scenario, 5, FaultRates.NONE), EVENTS);
  }

  private static List<String> texts(Simulator simulator) {
    return Simulations.take(simulator, EVENTS).stream().map(ScenarioTest::text).toList();
  }

  private static Simulator month(Scenario scenario, long seed, FaultRates faults) {
    Period period = Period.ofDays(30, Simulations.UNTIL, EVENTS);
    return new Simulator(
        SimulatorOptions.history(seed, period, faults).of(scenario), Simulations.CLOCK);
  }

  private static String text(Emission emission) {
    return new String(emission.bytes(), java.nio.charset.StandardCharsets.UTF_8);
  }
}
