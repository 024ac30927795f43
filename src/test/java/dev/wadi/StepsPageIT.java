package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wadi.docs.MarkdownPage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What docs/steps.md says, with its YAML as it is printed, in the live routes. */
@Tag("integration")
class StepsPageIT {

  private static final String BEFORE =
      "                - idempotentConsumer:\n                    id: event-deduplicate\n";

  @TempDir Path data;
  @TempDir Path routes;

  private final MarkdownPage page;

  StepsPageIT() throws Exception {
    page = MarkdownPage.read(Path.of("docs/steps.md"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Mask a field | custom_data_author_name | ***",
        "Rename a field | custom_data_author_user | ada",
        "Add a constant | custom_data_tenant | acme",
        "Look something up in a CSV file | custom_data_author_of_team | payments",
        "Look something up in a CSV file | custom_data_author_of_cost_center | 4711",
        "Change the whole event by JSLT | custom_data_host | deploy.example",
        "Compute something by jq | custom_data_lines_changed | 15",
        "Compute something by jq | custom_data_labels | [\"bug\",\"ui\"]",
      })
  void landsWhatTheStepMakesOfTheEvent(String section, String column, String value)
      throws Exception {
    try (RouteFixture wadi = with(section, Map.of())) {
      wadi.send(event("a", "ada", "prod"));
      await().atMost(RouteFixture.patience()).until(() -> wadi.held("events") == 0);
      assertThat(wadi.column("dead_letters", "message")).isEmpty();
      assertThat(wadi.column("events", column)).containsExactly(value);
    }
  }

  @Test
  void dropsWhatIsNotWanted() throws Exception {
    try (RouteFixture wadi = with("Drop what isn't wanted", Map.of())) {
      wadi.send("[" + event("a", "ada", "dev") + "," + event("b", "ada", "prod") + "]");
      await().atMost(RouteFixture.patience()).until(() -> wadi.held("events") == 0);
      assertThat(wadi.column("events", "event_id")).containsExactly("b");
      assertThat(wadi.commits.get(0).sources().get("sqs:events").filteredReasons())
          .containsEntry("dev-environment", 1L);
    }
  }

  @Test
  void showsAHashedFieldInNoTable() throws Exception {
    try (RouteFixture wadi =
        with("Hash a field", Map.of("{{env:MY_HASH_KEY}}", "Jefe-and-28-more-characters-here"))) {
      wadi.send(event("a", "ada", "prod"));
      await().atMost(RouteFixture.patience()).until(() -> wadi.commits.size() == 1);
      wadi.send(event("a", "ada", "prod"));
      wadi.send(event("a", "ada", "staging"));
      wadi.send(event("b", "ada", "prod"));
      await().atMost(RouteFixture.patience()).until(() -> wadi.held("events") == 0);

      List<String> hashes = wadi.column("events", "custom_data_author_email_hash");
      assertThat(hashes).hasSize(2).containsOnly(hashes.get(0));
      assertThat(hashes.get(0)).matches("[0-9a-f]{64}");
      List<String> documents = new ArrayList<>(wadi.column("events", "_doc"));
      documents.addAll(wadi.column("duplicates", "_doc"));
      documents.addAll(wadi.column("conflicts", "_doc"));
      assertThat(documents)
          .hasSize(4)
          .allSatisfy(
              document ->
                  assertThat(document).contains(hashes.get(0)).doesNotContain("ada@mail.example"));
    }
  }

  @Test
  void showsNoTextThatJsltHasLeftOutInAnyTable() throws Exception {
    try (RouteFixture wadi = with("Change the whole event by JSLT", Map.of())) {
      wadi.send(event("a", "ada", "prod"));
      await().atMost(RouteFixture.patience()).until(() -> wadi.commits.size() == 1);
      wadi.send(event("a", "ada", "prod"));
      await().atMost(RouteFixture.patience()).until(() -> wadi.held("events") == 0);
      assertThat(wadi.column("events", "_doc").get(0)).doesNotContain("\"lines\"");
      assertThat(wadi.column("duplicates", "_doc").get(0))
          .contains("deploy.example")
          .doesNotContain("\"lines\"");
    }
  }

  @Test
  void makesADeadLetterOfTheEventThatAStepFailsOver() throws Exception {
    try (RouteFixture wadi = with("When a step fails", Map.of())) {
      wadi.send("[" + event("a", "nobody", "prod") + "," + event("b", "ada", "prod") + "]");
      await()
          .atMost(RouteFixture.patience())
          .until(() -> wadi.held("events") == 0 && wadi.held("events-dlq") == 0);
      assertThat(wadi.column("events", "event_id")).containsExactly("b");
      assertThat(wadi.column("dead_letters", "reason")).containsExactly("step_failed");
      assertThat(wadi.column("dead_letters", "stage"))
          .containsExactly("event-look-team-up-or-fail");
      assertThat(wadi.column("dead_letters", "message").get(0))
          .contains("has no row for customData.author.login, which is \"nobody\"");
    }
  }

  @Test
  void everySectionWithStepsIsTested() throws Exception {
    String test = Files.readString(Path.of("src/test/java/dev/wadi/StepsPageIT.java"));
    assertThat(sections().keySet())
        .hasSizeGreaterThan(8)
        .allSatisfy(s -> assertThat(test).contains(s));
  }

  /** The routes with the steps of a section in the place that the page names. */
  private RouteFixture with(String section, Map<String, String> replaced) throws Exception {
    for (MarkdownPage.Block block : page.blocks()) {
      if (block.fileName() != null) {
        Files.writeString(
            routes.resolve(Path.of("my-routes").relativize(Path.of(block.fileName()))),
            block.text());
      }
    }
    String steps = sections().get(section).replace("my-routes/", routes + "/");
    for (Map.Entry<String, String> one : replaced.entrySet()) {
      assertThat(steps).contains(one.getKey());
      steps = steps.replace(one.getKey(), one.getValue());
    }
    String own = Files.readString(Path.of("src/main/resources/routes/31-event.camel.yaml"));
    assertThat(own).contains(BEFORE);
    Files.writeString(routes.resolve("31-event.camel.yaml"), own.replace(BEFORE, steps + BEFORE));
    return new RouteFixture(data, routes).start();
  }

  /** The YAML of each section that has some. */
  private Map<String, String> sections() {
    Map<String, String> sections = new LinkedHashMap<>();
    page.blocks("yaml").forEach(block -> sections.putIfAbsent(block.section(), block.text()));
    return sections;
  }

  private static String event(String id, String login, String environment) {
    return """
        {"context":{"specversion":"0.5.1","id":"%s","source":"https://deploy.example/ci",\
        "type":"dev.cdevents.service.deployed.0.3.0","timestamp":"2026-11-20T10:00:00Z"},\
        "subject":{"id":"s","content":{"environment":{"id":"%s"},"artifactId":"pkg:oci/app@sha256:0b31"}},\
        "customData":{"author":{"login":"%s","name":"Ada Lovelace","email":"ada@mail.example"},\
        "lines":{"added":12,"removed":3},"labels":["UI","bug","ui"]}}"""
        .formatted(id, environment, login);
  }
}
