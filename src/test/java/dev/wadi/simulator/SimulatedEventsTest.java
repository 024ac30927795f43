package dev.wadi.simulator;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the specification of CDEvents 0.5.1 asks of every event, written down by hand. */
@Tag("unit")
class SimulatedEventsTest {

  /** The members that {@code subject.content} may have by type; those with ! it must have. */
  private static final Map<String, String> CONTENT =
      Map.ofEntries(
          entry("change.created.0.4.0", "description repository"),
          entry("change.updated.0.3.0", "repository"),
          entry("change.reviewed.0.3.0", "repository"),
          entry("change.merged.0.3.0", "repository"),
          entry("change.abandoned.0.3.0", "repository"),
          entry("pipelinerun.queued.0.3.0", "pipelineName uri"),
          entry("pipelinerun.started.0.3.0", "pipelineName! uri!"),
          entry("pipelinerun.finished.0.3.0", "pipelineName uri outcome errors"),
          entry("taskrun.started.0.3.0", "taskName uri pipelineRun"),
          entry("taskrun.finished.0.3.0", "taskName uri pipelineRun outcome errors"),
          entry("build.queued.0.3.0", ""),
          entry("build.started.0.3.0", ""),
          entry("build.finished.0.3.0", "artifactId"),
          entry("testsuiterun.queued.0.3.0", "trigger environment! testSuite"),
          entry("testsuiterun.started.0.3.0", "trigger environment! testSuite"),
          entry("testsuiterun.finished.0.3.0", "environment! testSuite outcome! severity reason"),
          entry("testcaserun.started.0.3.0", "trigger environment! testSuiteRun testCase"),
          entry(
              "testcaserun.finished.0.3.0",
              "environment! testSuiteRun testCase outcome! severity reason"),
          entry("artifact.packaged.0.3.0", "change! sbom"),
          entry("artifact.signed.0.3.0", "signature!"),
          entry("artifact.published.0.3.0", "sbom user"),
          entry("service.deployed.0.3.0", "environment! artifactId!"),
          entry("service.upgraded.0.3.0", "environment! artifactId!"),
          entry("service.rolledback.0.3.0", "environment! artifactId!"),
          entry("incident.detected.0.3.0", "description environment! service artifactId"),
          entry("incident.resolved.0.3.0", "description environment! service artifactId"));

  private static final Set<String> REFERENCES =
      Set.of("repository", "environment", "service", "change", "pipelineRun", "testSuiteRun");

  private final List<JsonNode> events =
      Simulations.events(Simulations.month(11, 20_000, FaultRates.NONE), 20_000);

  @Test
  void areOfEveryTypeOfTheFactory() {
    Set<String> types = new TreeSet<>();
    events.forEach(event -> types.add(type(event)));
    assertThat(types).containsExactlyInAnyOrderElementsOf(CONTENT.keySet());
  }

  @Test
  void haveTheRequiredContextAndNoOther() {
    for (JsonNode event : events) {
      assertThat(names(event))
          .contains("context", "subject")
          .isSubsetOf("context", "subject", "customData", "customDataContentType");
      JsonNode context = event.get("context");
      assertThat(names(context))
          .contains("specversion", "id", "source", "type", "timestamp", "chainId")
          .isSubsetOf("specversion", "id", "source", "type", "timestamp", "chainId", "links");
      assertThat(context.get("specversion").textValue()).isEqualTo("0.5.1");
      assertThat(context.get("id").textValue())
          .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
      assertThat(context.get("timestamp").textValue())
          .matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{6}Z");
      assertThat(URI.create(context.get("source").textValue())).hasScheme("https");
    }
  }

  @Test
  void haveTheContentOfTheirTypeAndNoOther() {
    for (JsonNode event : events) {
      JsonNode subject = event.get("subject");
      assertThat(names(subject)).containsExactlyInAnyOrder("id", "source", "content");
      assertThat(subject.get("id").textValue()).isNotEmpty();
      JsonNode content = subject.get("content");
      List<String> allowed = new ArrayList<>();
      List<String> required = new ArrayList<>();
      for (String member : CONTENT.get(type(event)).split(" ")) {
        allowed.add(member.replace("!", ""));
        if (member.endsWith("!")) {
          required.add(member.replace("!", ""));
        }
      }
      assertThat(names(content)).as("%s", event).isSubsetOf(allowed).containsAll(required);
    }
  }

  @Test
  void haveContentOfTheRightForm() {
    for (JsonNode event : events) {
      event
          .at("/subject/content")
          .properties()
          .forEach(
              member -> {
                JsonNode value = member.getValue();
                if (REFERENCES.contains(member.getKey())) {
                  assertThat(names(value)).containsExactlyInAnyOrder("id", "source");
                  assertThat(value.get("id").textValue()).isNotEmpty();
                } else if (member.getKey().equals("outcome")) {
                  assertThat(value.textValue()).isIn("success", "failure", "cancel", "error");
                } else if (member.getKey().equals("severity")) {
                  assertThat(value.textValue()).isIn("low", "medium", "high", "critical");
                } else if (member.getKey().equals("uri")) {
                  assertThat(URI.create(value.textValue())).hasScheme("https");
                } else if (value.isObject()) {
                  assertThat(names(value))
                      .isSubsetOf("id", "name", "version", "type", "uri")
                      .isNotEmpty();
                } else {
                  assertThat(value.textValue()).isNotEmpty();
                }
              });
    }
  }

  @Test
  void haveLinksOfTheThreeEmbeddedKinds() {
    Set<String> kinds = new HashSet<>();
    for (JsonNode event : events) {
      for (JsonNode link : event.at("/context/links")) {
        String kind = link.get("linkType").textValue();
        kinds.add(kind);
        if (kind.equals("RELATION")) {
          assertThat(names(link)).containsExactlyInAnyOrder("linkType", "linkKind", "target");
          assertThat(link.at("/target/contextId").isTextual()).isTrue();
        } else {
          assertThat(names(link)).containsExactlyInAnyOrder("linkType", "from");
          assertThat(link.at("/from/contextId").isTextual()).isTrue();
        }
      }
    }
    assertThat(kinds).containsExactlyInAnyOrder("PATH", "END", "RELATION");
  }

  @Test
  void haveNestedCustomDataOfAllKindsNowAndThen() {
    List<JsonNode> withData = events.stream().filter(event -> event.has("customData")).toList();
    assertThat(withData).hasSizeBetween(events.size() / 10, events.size() / 2);
    assertThat(withData)
        .allSatisfy(event -> assertThat(event.get("customData").isObject()).isTrue())
        .anySatisfy(event -> assertThat(event.at("/customData/lines/added").isInt()).isTrue())
        .anySatisfy(event -> assertThat(event.at("/customData/labels").isArray()).isTrue())
        .anySatisfy(event -> assertThat(event.at("/customData/draft").isBoolean()).isTrue())
        .anySatisfy(event -> assertThat(event.at("/customData/coverage").isDouble()).isTrue());
  }

  private static String type(JsonNode event) {
    String type = event.at("/context/type").textValue();
    assertThat(type).startsWith("dev.cdevents.");
    return type.substring("dev.cdevents.".length());
  }

  private static Set<String> names(JsonNode object) {
    assertThat(object.isObject()).as("%s is an object", object).isTrue();
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
