package dev.wadi.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wadi.event.ColumnType;
import dev.wadi.event.SetupException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class ShapesTest {

  private static final String LEAST =
      """
      key: id
      id: id
      type: {path: type}
      time: {path: time, format: iso8601}
      """;

  @TempDir Path folder;

  @Test
  void hasTheShippedShapes() throws Exception {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/shapes"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(file -> !file.endsWith(".catalogue.yaml"))
          .containsExactlyInAnyOrderElementsOf(
              Shapes.SHIPPED.stream().map(name -> name + ".yaml").toList());
    }
    for (String name : Shapes.SHIPPED) {
      Shape shape = new Shapes(null, Map.of()).named(name);
      assertThat(shape.name()).isEqualTo(name);
      assertThat(shape.keySpace()).isEqualTo(name);
      assertThat(Files.readString(Path.of("docs/shapes.md"))).contains("| `" + name + "`");
    }
  }

  @Test
  void prefersTheFoldersShapes() throws Exception {
    write("cdevents.yaml", LEAST);
    write("mine.yaml", LEAST + "key-space: cdevents\n");
    Shapes shapes = new Shapes(folder, Map.of());

    assertThat(shapes.named("cdevents").id().text()).isEqualTo("id");
    assertThat(shapes.named("mine").keySpace()).isEqualTo("cdevents");
    assertThat(shapes.named("json").name()).isEqualTo("json");
  }

  @Test
  void takesSettingsInPlaceOfDefaults() {
    Map<String, String> settings =
        Map.of(
            "wadi.shape.json.id-path", "meta.uuid",
            "wadi.shape.json.type-path", "meta.name",
            "wadi.shape.json.time-path", "at",
            "wadi.shape.json.time-format", "unix-seconds");

    Shape shape = new Shapes(null, settings).named("json");

    assertThat(shape.key()).extracting(JsonPath::text).containsExactly("meta.uuid");
    assertThat(shape.type().path().names()).containsExactly("meta", "name");
    assertThat(shape.time().wanted()).isEqualTo("a time in unix seconds");
    assertThat(shape.source().text()).isEqualTo("source");
  }

  @Test
  void readsEverythingThatAShapeCanSay() throws Exception {
    write(
        "whole.yaml",
        """
        key: [tenant, id]
        id: id
        type:
          path: name
          forms:
            - form: "{kind}:{what}"
              type: "{kind}"
              subtype: "{what}"
            - form: "{kind}"
              type: "{kind}"
        time: {path: at, format: unix-seconds}
        source: tenant
        fields:
          amount: number
          (note): text
          currency: [EUR, USD]
          (place): {city: filled-text}
        derived:
          happened_at: "{time}"
          what: "{kind}/{what}"
          label: "{id} is {type} {subtype}"
        ignore-in-hash: [sent_at, meta.trace]
        columns: {amount: double}
        """);
    Shape shape = new Shapes(folder, Map.of()).named("whole");

    assertThat(shape.columns()).isEqualTo(Map.of("amount", ColumnType.DOUBLE));
    assertThat(shape.ignoredInHash().below("meta").below("trace").isEnd()).isTrue();
    assertThat(shape.ignoredInHash().below("meta").isEnd()).isFalse();
    assertThat(shape.ignoredInHash().below("other")).isNull();
    Instant time = Instant.parse("2026-11-21T12:00:00.5Z");
    assertThat(shape.derive("7", shape.type().read("pay:order"), time))
        .isEqualTo(
            Map.of(
                "happened_at",
                "2026-11-21T12:00:00.500Z",
                "what",
                "pay/order",
                "label",
                "7 is pay order"));
    assertThat(shape.derive("7", shape.type().read("pay"), time)).containsOnlyKeys("happened_at");
    assertThat(missing(shape, "{}"))
        .containsExactly("tenant", "id", "name", "at", "amount", "currency");
    assertThat(
            missing(
                shape,
                "{\"tenant\":1,\"id\":2,\"name\":\"a\",\"at\":0,\"amount\":1,\"currency\":\"EUR\","
                    + "\"place\":{}}"))
        .containsExactly("place.city");
  }

  @Test
  void findsACatalogueInTheFolder() throws Exception {
    write("mine.yaml", LEAST + "catalogue: mine.catalogue.yaml\n");
    write(
        "mine.catalogue.yaml",
        """
        version: v
        type: type
        specs:
          "1":
            events:
              order: {amount: number}
        """);
    Shape shape = new Shapes(folder, Map.of()).named("mine");

    String event = "{\"id\":1,\"time\":\"now\",\"type\":\"order\",\"v\":\"1\"}";
    assertThat(missing(shape, event)).containsExactly("amount");
    assertThat(missing(shape, event.replace("order", "other"))).isEmpty();
  }

  @Test
  void keepsWhatTheKeyNeedsWhateverTheFieldsSay() throws Exception {
    write("mine.yaml", LEAST.replace("key: id", "key: a.b") + "fields: {(a): text, (id): text}\n");
    Shape shape = new Shapes(folder, Map.of()).named("mine");

    assertThat(missing(shape, "{}")).containsExactly("a", "a.b", "id", "type", "time");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "key: id                    | kee: id              | 1 | 'kee' is unknown: use one of key",
        "key: id                    |                      | 1 | 'key' is missing: add it",
        "key: id                    | key: []              | 1 | at least one path",
        "key: id                    | key: [a, b..c]       | 1 | not a path",
        "key: id                    | key: {a: b}          | 1 | a text must stand here",
        "type: {path: type}         | type: type           | 3 | names with values",
        "type: {path: type}         | type: {pfad: x}      | 3 | 'pfad' is unknown",
        "type: {path: type}         | type: {}             | 3 | 'path' is missing",
        "type: {path: type}         | type: {path: a, path: b} | 3 | stands here twice",
        "format: iso8601            | format: iso          | 4 | use iso8601, unix-seconds",
        "format: iso8601            | format: HH:mm        | 4 | has no year, month and day",
        "format: iso8601            | format: 'yyyy-MM-dd ppp' | 4 | use iso8601, unix-seconds",
        "format: iso8601            | form: x              | 4 | 'form' is unknown",
        "type: {path: type}         | type: {path: a, forms: [{form: '{a', type: x}]} | 3 | close it",
        "type: {path: type}         | type: {path: a, forms: [{form: '{a}', type: '{b}'}]} | 3 | {b}",
        "id: id                     | id: id~derived: {A: x} | 3 | is no column's name",
        "id: id                     | id: id~derived: {a: '{b}'} | 3 | use one of id, type",
        "id: id                     | id: id~columns: {a: int} | 3 | use text, bigint, double",
        "id: id                     | id: id~fields: {a: string} | 3 | is no kind of value",
        "id: id                     | id: id~catalogue: x.catalogue.yaml | 3 | no catalogue 'x.cat",
        "id: id                     | id: id~catalogue: mine.yaml | 3 | ends in .catalogue.yaml",
        "id: id                     | id: id~catalogue: ../x.catalogue.yaml | 3 | beside this one",
        "key: id                    | key: [id, id.b]     | 2 | 'id' is an object, since 'id.b' (key)",
        "id: id                     | id: time.id         | 4 | 'time' is an object",
        "type: {path: type}         | type: {path: a, forms: [{form: '{id}', type: x}]} | 3 | otherwise",
        "id: id                     | id: '{{wadi.shape.mine.id}}' | 2 | has no value: set it",
        "id: id                     | id: [                | 4 | not YAML"
      })
  void saysWhichFileAndLineIsWrongAndWhatToDo(
      String right, String wrong, int line, String complaint) throws Exception {
    write("mine.yaml", LEAST.replace(right, wrong == null ? "" : wrong.replace("~", "\n")));

    assertThatThrownBy(() -> new Shapes(folder, Map.of()).named("mine"))
        .isInstanceOf(SetupException.class)
        .hasMessageStartingWith(folder.resolve("mine.yaml") + ":" + line + ": ")
        .hasMessageContaining(complaint)
        .hasMessageNotContaining("\n");
  }

  @Test
  void refusesAPathThatCouldLeadToOneOfTwoFields() throws Exception {
    write("mine.yaml", LEAST.replace("key: id", "key: [id, a|b]"));

    assertThatThrownBy(() -> new Shapes(folder, Map.of()))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("mine.yaml:1: 'a|b' has a bar");
  }

  @Test
  void saysWhichShapesThereAre() throws Exception {
    write("mine.yaml", LEAST);
    write("mine.catalogue.yaml", "");

    assertThatThrownBy(() -> new Shapes(folder, Map.of()).named("mime"))
        .isInstanceOf(SetupException.class)
        .hasMessage(
            "there is no shape 'mime': use one of"
                + " cdevents, cloudevents, json, mine, named-event, row-change, simulated-cdevents");
    assertThatThrownBy(() -> new Shapes(null, Map.of()).named("../json"))
        .hasMessage(
            "there is no shape '../json': use one of"
                + " cdevents, cloudevents, json, named-event, row-change, simulated-cdevents");
  }

  @Test
  void readsTheExampleOfTheDocumentation() throws Exception {
    String page = Files.readString(Path.of("docs/shapes.md"));
    write("payments.yaml", block(page, "payments.yaml"));
    write("payments.catalogue.yaml", block(page, "payments.catalogue.yaml"));
    Shape shape = new Shapes(folder, Map.of()).named("payments");

    String event = block(page, "An event");
    assertThat(missing(shape, event)).isEmpty();
    EventType type = shape.type().read("payment:order:completed");
    assertThat(type.type()).isEqualTo("payment");
    assertThat(type.subtype()).isEqualTo("order");
    assertThat(shape.derive("1", type, Instant.EPOCH)).isNotEmpty();
    assertThat(missing(shape, event.replace("\"amount\"", "\"sum\"")))
        .containsExactly("data.amount");
  }

  /** The code block of the documentation that follows this title. */
  private static String block(String page, String title) {
    int from = page.indexOf("\n", page.indexOf("```", page.indexOf("**" + title + "**"))) + 1;
    return page.substring(from, page.indexOf("```", from));
  }

  private static List<String> missing(Shape shape, String json) throws Exception {
    Violations violations = new Violations();
    shape.check((ObjectNode) new ObjectMapper().readTree(json), violations);
    assertThat(violations.wrong()).isEmpty();
    return violations.missing();
  }

  private void write(String file, String content) throws Exception {
    Files.writeString(folder.resolve(file), content);
  }
}
