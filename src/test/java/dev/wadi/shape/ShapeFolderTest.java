package dev.wadi.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.SetupException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be found in a folder that should hold shapes, and what is said to it in one line. */
@Tag("unit")
class ShapeFolderTest {

  private static final String SHAPE =
      """
      key: id
      id: id
      type: {path: type}
      time: {path: time, format: iso8601}
      """;

  @TempDir Path folder;

  @Test
  void checksAlsoTheShapesThatAreNotUsed() throws Exception {
    write("mine.yaml", SHAPE);
    write("other.yaml", SHAPE + "extra: 1\n");

    assertSaid("other.yaml:5: 'extra' is unknown: use one of key, ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                              | is empty",
        "'# nothing\\n'                   | is empty",
        "'---\\n'                         | :1: names with values",
        "hello                           | :1: names with values",
        "'- key: id'                     | :1: names with values",
        "'{\"key\": \"id\"}'             | :1: 'id' is missing",
        "'key: id\\n\\tid: id\\n'           | :2: not YAML that can be read: while scanning",
        "'key: id\\nid: \\0\\n'             | :2: not YAML that can be read: the character U+0000",
        "'key: id\\nkey: id\\n'            | :2: 'key' stands here twice: remove one",
        "'key: id\\n---\\nkey: id\\n'       | :2: not YAML that can be read: expected a single document",
        "'key: \"id\\n'                   | not YAML that can be read: while scanning a quoted scalar",
        "'fields: &a {x: *a}'            | an alias (*name) stands for a list or a map: write it out",
        "'key:\\n  id'                    | :1: 'id' is missing",
        "'key:\\nid: id'                  | :1: a text must stand here",
        "'<html>&nbsp;</html>'           | :1: names with values",
        "'key: !!java.net.URL [x]'       | not YAML that can be read: Global tag is not allowed",
      })
  void saysInOneLineWhyAFileIsNoShape(String content, String said) throws Exception {
    write("mine.yaml", content.replace("\\n", "\n").replace("\\t", "\t").replace("\\0", "\0"));

    assertSaid(said).hasMessageStartingWith(folder.resolve("mine.yaml").toString());
  }

  @Test
  void refusesAFileThatIsNestedTooDeeply() throws Exception {
    write("mine.yaml", SHAPE + "fields: " + "{a: ".repeat(1_000) + "}".repeat(1_000));

    assertSaid("mine.yaml: not YAML that can be read: Nesting Depth exceeded");
  }

  @Test
  void refusesAFileThatIsTooLargeForAShapeOrNoText() throws Exception {
    write("mine.yaml", SHAPE + "#".repeat(1 << 20));
    assertSaid("mine.yaml is larger than 1 MB");

    Files.write(folder.resolve("mine.yaml"), SHAPE.getBytes(StandardCharsets.UTF_16LE));
    assertSaid("mine.yaml:1: not YAML that can be read: the character U+0000");

    Files.write(folder.resolve("mine.yaml"), "id: \u00e9".getBytes(StandardCharsets.ISO_8859_1));
    assertSaid("mine.yaml isn't UTF-8: save it as UTF-8");
  }

  @Test
  void readsFilesAsEditorsOfWindowsSaveThem() throws Exception {
    write("mine.yaml", "\ufeff" + SHAPE.replace("\n", "\r\n"));

    assertThat(new Shapes(folder, Map.of()).named("mine").id().text()).isEqualTo("id");
  }

  @Test
  void refusesNamesThatNoShapeHas() throws Exception {
    write("my shape.yaml", SHAPE);

    assertSaid("my shape.yaml can't be a shape: name it with letters, digits, '_' and '-' alone");
  }

  @Test
  void tellsWhatAFileMustBeCalled() throws Exception {
    write("mine.yml", SHAPE);

    assertThatThrownBy(() -> new Shapes(folder, Map.of()).named("mine"))
        .hasMessage(
            "there is no shape 'mine': rename " + folder.resolve("mine.yml") + " to mine.yaml");
  }

  @Test
  void passesOverWhatIsNoShapeFile() throws Exception {
    Files.createDirectory(folder.resolve("old.yaml"));
    write(".mine.yaml", "left by an editor");
    write("mine.yaml~", "left by another");
    write("types.catalogue.yaml", "of a shape that is gone");
    write("README.md", "# Shapes");
    write("mine.yaml", SHAPE);

    assertThatThrownBy(() -> new Shapes(folder, Map.of()).named("old"))
        .hasMessage(
            "there is no shape 'old': use one of"
                + " cdevents, cloudevents, json, mine, named-event, row-change, simulated-cdevents");
  }

  @Test
  void namesTheFolderThatIsNone() throws Exception {
    write("mine.yaml", SHAPE);

    for (String none : new String[] {"none", "mine.yaml"}) {
      assertThatThrownBy(() -> new Shapes(folder.resolve(none), Map.of()))
          .isInstanceOf(SetupException.class)
          .hasMessage(
              "there is no folder of shapes "
                  + folder.resolve(none)
                  + ": make it, or name another");
    }
  }

  @Test
  void namesTheCatalogueAndTheLineThatIsWrong() throws Exception {
    write("mine.yaml", SHAPE + "catalogue: mine.catalogue.yaml\n");
    write("mine.catalogue.yaml", "version: v\ntype: type\nspecs:\n  \"1\":\n    event: {}\n");

    assertSaid("mine.catalogue.yaml:5: 'event' is unknown: use one of every, events");
  }

  private AbstractThrowableAssert<?, ?> assertSaid(String message) {
    return assertThatThrownBy(() -> new Shapes(folder, Map.of()))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining(message)
        .hasMessageNotContainingAny("\n", "\t", "\0");
  }

  private void write(String file, String content) throws Exception {
    Files.writeString(folder.resolve(file), content);
  }
}
