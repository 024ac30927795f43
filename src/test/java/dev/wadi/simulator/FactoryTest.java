package dev.wadi.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The story that the events tell, as a reader of the lake would join it. */
@Tag("unit")
class FactoryTest {

  private final List<JsonNode> events =
      Simulations.events(Simulations.month(3, 30_000, FaultRates.NONE), 30_000);

  @Test
  void givesNoIdTwice() {
    Set<String> ids = new HashSet<>();
    events.forEach(event -> ids.add(id(event)));
    assertThat(ids).hasSameSizeAs(events);
  }

  @Test
  void linksOnlyToEarlierEventsOfTheSameChain() {
    Map<String, String> chainOf = new HashMap<>();
    for (JsonNode event : events) {
      for (JsonNode link : event.at("/context/links")) {
        String target = link.has("from") ? "/from/contextId" : "/target/contextId";
        assertThat(chainOf.get(link.at(target).textValue())).isEqualTo(chain(event));
      }
      chainOf.put(id(event), chain(event));
    }
  }

  @Test
  void beginsEveryChainWithACreatedChangeAndEndsItOnce() {
    int ended = 0;
    for (List<JsonNode> chain : chains().values()) {
      assertThat(type(chain.get(0))).isEqualTo("change.created");
      List<JsonNode> ends = chain.stream().filter(FactoryTest::isEnd).toList();
      assertThat(ends).hasSizeLessThanOrEqualTo(1);
      if (!ends.isEmpty()) {
        assertThat(ends.get(0)).isSameAs(chain.get(chain.size() - 1));
        ended++;
      }
    }
    assertThat(ended).isGreaterThan(chains().size() * 9 / 10);
  }

  @Test
  void followsAChangeFromCreationThroughEveryEnvironment() {
    assertThat(chains().values())
        .anySatisfy(
            chain ->
                assertThat(chain.stream().map(FactoryTest::type).distinct())
                    .containsSubsequence(
                        "change.created",
                        "change.reviewed",
                        "change.merged",
                        "pipelinerun.queued",
                        "pipelinerun.started",
                        "taskrun.started",
                        "build.queued",
                        "build.started",
                        "build.finished",
                        "testsuiterun.queued",
                        "testsuiterun.started",
                        "testcaserun.started",
                        "testcaserun.finished",
                        "testsuiterun.finished",
                        "artifact.packaged",
                        "artifact.published",
                        "pipelinerun.finished",
                        "service.upgraded",
                        "incident.detected",
                        "service.rolledback",
                        "incident.resolved"));
    Set<String> environments = new TreeSet<>();
    events.forEach(event -> environments.add(event.at("/subject/content/environment/id").asText()));
    assertThat(environments).contains("dev", "staging", "prod");
  }

  @Test
  void hasManyChangesUnderWayAtATime() {
    SimulatorOptions options = SimulatorOptions.live(3, FaultRates.NONE);
    List<JsonNode> live = Simulations.events(new Simulator(options, Simulations.CLOCK), 3_000);
    int switches = 0;
    for (int i = 1; i < live.size(); i++) {
      switches += chain(live.get(i)).equals(chain(live.get(i - 1))) ? 0 : 1;
    }
    assertThat(switches).isGreaterThan(live.size() / 2);
  }

  @Test
  void deploysAServiceFirstAndUpgradesItFromThenOn() {
    Set<String> deployed = new HashSet<>();
    for (JsonNode event : events) {
      String where = event.at("/subject/id").textValue();
      if (type(event).equals("service.deployed")) {
        assertThat(deployed.add(where)).as("%s is deployed once", where).isTrue();
      } else if (type(event).equals("service.upgraded")) {
        assertThat(deployed).contains(where);
      }
    }
    assertThat(deployed).hasSizeGreaterThan(50);
  }

  @Test
  void rollsBackToAnArtifactThatRanBefore() {
    Map<String, Set<String>> ran = new HashMap<>();
    int rolledBack = 0;
    for (JsonNode event : events) {
      String where = event.at("/subject/id").textValue();
      String artifact = event.at("/subject/content/artifactId").textValue();
      if (type(event).equals("service.rolledback")) {
        assertThat(ran.get(where)).contains(artifact);
        rolledBack++;
      } else if (type(event).startsWith("service.")) {
        ran.computeIfAbsent(where, any -> new HashSet<>()).add(artifact);
      }
    }
    assertThat(rolledBack).isPositive();
  }

  @Test
  void saysWhyARunFailed() {
    Set<String> outcomes = new TreeSet<>();
    for (JsonNode event : events) {
      if (type(event).equals("pipelinerun.finished")) {
        JsonNode content = event.at("/subject/content");
        String outcome = content.get("outcome").textValue();
        outcomes.add(outcome);
        assertThat(content.has("errors")).isEqualTo(!outcome.equals("success"));
      }
    }
    assertThat(outcomes).contains("success", "failure", "error");
  }

  @Test
  void publishesOnlyWhatWasBuilt() {
    Set<String> built = new HashSet<>();
    for (JsonNode event : events) {
      if (type(event).equals("build.finished")) {
        built.add(event.at("/subject/content/artifactId").textValue());
      } else if (type(event).startsWith("artifact.")) {
        assertThat(built).contains(event.at("/subject/id").textValue());
      }
    }
    assertThat(built.stream().filter(Objects::nonNull)).hasSizeGreaterThan(500);
  }

  private Map<String, List<JsonNode>> chains() {
    Map<String, List<JsonNode>> chains = new LinkedHashMap<>();
    events.forEach(
        event -> chains.computeIfAbsent(chain(event), any -> new ArrayList<>()).add(event));
    return chains;
  }

  private static boolean isEnd(JsonNode event) {
    return event.at("/context/links/0/linkType").asText().equals("END");
  }

  private static String id(JsonNode event) {
    return event.at("/context/id").textValue();
  }

  private static String chain(JsonNode event) {
    return event.at("/context/chainId").textValue();
  }

  /** Such as {@code build.finished}. */
  private static String type(JsonNode event) {
    String[] parts = event.at("/context/type").textValue().split("\\.");
    return parts[2] + "." + parts[3];
  }
}
