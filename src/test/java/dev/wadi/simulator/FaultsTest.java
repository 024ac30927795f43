package dev.wadi.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wadi.simulator.Emission.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class FaultsTest {

  private static final ObjectMapper STRICT =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  @Test
  void copiesAnEarlierEventAsADuplicate() {
    Set<JsonNode> earlier = new HashSet<>();
    Set<String> texts = new HashSet<>();
    int reordered = 0;
    int exact = 0;
    for (Emission emission : emissions(new FaultRates(0.2, 0, 0, 0.1))) {
      if (emission.kind() == Kind.DUPLICATE) {
        assertThat(earlier).contains(Simulations.json(emission.bytes()));
        if (texts.contains(text(emission))) {
          exact++;
        } else {
          reordered++;
        }
      } else {
        earlier.add(Simulations.json(emission.bytes()));
        texts.add(text(emission));
      }
    }
    assertThat(exact).isGreaterThan(reordered);
    assertThat(reordered).isPositive();
  }

  @Test
  void changesThePayloadOfAnEarlierEventAsAConflict() {
    Map<String, JsonNode> earlier = new HashMap<>();
    int conflicts = 0;
    for (Emission emission : emissions(new FaultRates(0, 0.2, 0, 0))) {
      JsonNode event = Simulations.json(emission.bytes());
      if (emission.kind() == Kind.CONFLICT) {
        JsonNode first = earlier.get(key(event));
        assertThat(first).isNotNull().isNotEqualTo(event);
        assertThat(event.get("context")).isEqualTo(first.get("context"));
        conflicts++;
      } else {
        earlier.put(key(event), event);
      }
    }
    assertThat(conflicts).isPositive();
  }

  @Test
  void spoilsEventsInEveryWaySoThatNoneIsAnEvent() {
    List<String> flaws = new ArrayList<>();
    for (Emission emission : emissions(new FaultRates(0, 0, 0.5, 0))) {
      String flaw = flaw(emission);
      assertThat(flaw == null)
          .as("%s of %s", flaw, text(emission))
          .isEqualTo(emission.kind() == Kind.GENUINE);
      if (flaw != null) {
        flaws.add(flaw);
        assertThat(emission.json()).isEqualTo(!flaw.equals("not json"));
      }
      assertThat(text(emission)).isNotBlank().doesNotContain("\n");
    }
    assertThat(new TreeSet<>(flaws))
        .containsExactly("context", "id", "not an object", "not json", "path", "timestamp", "type");
  }

  @Test
  void addsFaultsToTheFactorysEventsAndReplacesNone() {
    List<String> clean = live(FaultRates.NONE).stream().map(FaultsTest::id).toList();
    List<String> genuine =
        live(new FaultRates(0.2, 0.2, 0.2, 0)).stream()
            .filter(emission -> emission.kind() == Kind.GENUINE)
            .map(FaultsTest::id)
            .toList();
    assertThat(genuine).hasSizeGreaterThan(1_000).isEqualTo(clean.subList(0, genuine.size()));
  }

  @Test
  void datesLateEventsHoursOrDaysBack() {
    Instant latest = Instant.EPOCH;
    int late = 0;
    for (Emission emission : emissions(new FaultRates(0, 0, 0, 0.1))) {
      Instant time = Simulations.time(Simulations.json(emission.bytes()));
      if (emission.kind() == Kind.LATE && latest.isAfter(Instant.EPOCH)) {
        assertThat(Duration.between(time, latest))
            .isBetween(Duration.ofMinutes(90), Duration.ofDays(4));
        late++;
      } else if (emission.kind() == Kind.GENUINE) {
        latest = time;
      }
    }
    assertThat(late).isPositive();
  }

  @Test
  void beginsWithAnEventEvenIfAllAreToBeFaulty() {
    List<Emission> emissions = emissions(new FaultRates(0, 0, 1, 0));
    assertThat(emissions.get(0).kind()).isEqualTo(Kind.GENUINE);
    assertThat(emissions.subList(1, emissions.size()))
        .allSatisfy(emission -> assertThat(emission.kind()).isEqualTo(Kind.MALFORMED));
  }

  private static List<Emission> emissions(FaultRates faults) {
    return Simulations.take(Simulations.month(9, 3_000, faults), 3_000);
  }

  private static List<Emission> live(FaultRates faults) {
    SimulatorOptions options = SimulatorOptions.live(9, faults);
    return Simulations.take(new Simulator(options, Simulations.CLOCK), 3_000);
  }

  /** What makes this no event; null if it is one. */
  private static String flaw(Emission emission) {
    JsonNode event;
    try {
      event = STRICT.readTree(emission.bytes());
    } catch (JsonProcessingException e) {
      return "not json";
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    if (!event.isObject()) {
      return "not an object";
    }
    JsonNode context = event.path("context");
    if (!context.isObject()) {
      return "context";
    }
    if (!context.path("id").isTextual()) {
      return "id";
    }
    if (!context.path("type").isTextual()) {
      return "type";
    }
    if (context.path("type").textValue().contains("../")) {
      return "path";
    }
    try {
      Instant.parse(context.path("timestamp").asText());
      return null;
    } catch (DateTimeParseException e) {
      return "timestamp";
    }
  }

  private static String key(JsonNode event) {
    return event.at("/context/source").asText() + " " + event.at("/context/id").asText();
  }

  private static String id(Emission emission) {
    return Simulations.json(emission.bytes()).at("/context/id").asText();
  }

  private static String text(Emission emission) {
    return new String(emission.bytes(), StandardCharsets.UTF_8);
  }
}
