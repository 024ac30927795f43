package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.SetupException;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import dev.wadi.shape.Shapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The flows as they ship, and what can be told of them before anything is started. */
@Tag("unit")
class FlowTest {

  private static final Path SHIPPED = Path.of("src/main/resources/flows");
  private static final Path ROUTES = Path.of("src/main/resources/routes");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^:}]+)");

  static final List<String> flows = Flow.SHIPPED;

  @TempDir Path folder;

  @Test
  void allThatLieThereAreShipped() throws IOException {
    try (Stream<Path> folders = Files.list(SHIPPED)) {
      assertThat(folders.map(flow -> flow.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(Flow.SHIPPED);
    }
  }

  @ParameterizedTest
  @FieldSource("flows")
  void sayInOneLineWhatTheyAre(String name) {
    assertThat(Flow.named(name).title()).hasSizeBetween(20, 100).doesNotStartWith(name);
  }

  @ParameterizedTest
  @FieldSource("flows")
  void haveSettingsAndShapesThatAreRightInBothProfiles(String name) {
    Flow flow = Flow.named(name);
    for (String profile : Settings.PROFILES) {
      Settings settings = Settings.load(profile, Map.of(), null, flow.folder());
      SettingsRules.require(settings);
      List<Path> shapes = flow.shapes() == null ? List.of() : List.of(flow.shapes());
      String shape = settings.text(Setting.DECODE_SHAPE);
      assertThat(Shapes.in(shapes, DecodeSettings.ofShapes(settings)).named(shape)).isNotNull();
    }
  }

  @ParameterizedTest
  @FieldSource("flows")
  void replaceARouteOnlyByOneThatDoesAllThatItDid(String name) throws IOException {
    for (Path file : UserRoutes.of(Flow.named(name)).files()) {
      Path own = ROUTES.resolve(file.getFileName().toString());
      if (Files.exists(own)) {
        assertThat(Files.readAllLines(file))
            .as("the lines of %s in %s of %s", own, file, name)
            .containsSubsequence(Files.readAllLines(own));
      }
    }
  }

  @ParameterizedTest
  @FieldSource("flows")
  void setWhatTheirRoutesAskFor(String name) throws IOException {
    Flow flow = Flow.named(name);
    Settings settings =
        Settings.load("local", Map.of(Flow.FOLDER_PROPERTY, "here"), null, flow.folder());
    for (Path file : UserRoutes.of(flow).files()) {
      Matcher placeholder = PLACEHOLDER.matcher(Files.readString(file));
      while (placeholder.find()) {
        assertThat(settings.forCamel()).containsKey(placeholder.group(1));
      }
    }
  }

  @Test
  void theDefaultOneSetsNothingButDefaults() {
    assertThat(Settings.load("local", Map.of(), null, Flow.named("cdevents").folder()))
        .hasToString(Settings.load("local", Map.of(), null).toString());
  }

  @Test
  void aFolderOfTheUsersIsOneToo() throws IOException {
    Files.writeString(folder.resolve("flow.properties"), "my.own = 1\n");
    Flow flow = Flow.named(folder.toString());
    assertThat(flow.title()).isEmpty();
    assertThat(flow.routes()).isNull();
    assertThat(flow.location()).isEqualTo("file:" + folder.toAbsolutePath());
    Files.writeString(folder.resolve("README.md"), "# mine: orders, masked\n\nmore\n");
    assertThat(flow.title()).isEqualTo("orders, masked");
  }

  @Test
  void saysWhichThereAreInsteadOfOneThatThereIsNot() {
    assertThatThrownBy(() -> Flow.named("moon"))
        .isInstanceOf(SetupException.class)
        .hasMessageStartingWith("there is no flow 'moon': use one of cdevents, ");
    assertThatThrownBy(() -> Flow.named(folder.toString()))
        .isInstanceOf(SetupException.class)
        .hasMessageStartingWith("the folder " + folder + " is no flow, since it has no flow.prop");
  }

  @Test
  void theUsersRoutesWinOverTheFlowsAndTheseOverWadis() throws IOException {
    Files.createDirectories(folder.resolve("flow/routes"));
    Files.writeString(folder.resolve("flow/flow.properties"), "");
    Path event = route("flow/routes/31-event.yaml", "event");
    Path land = route("flow/routes/40-land.yaml", "land");
    Path mine = route("mine/mine.yaml", "event");
    UserRoutes routes =
        UserRoutes.in(mine.getParent())
            .over(UserRoutes.of(Flow.named(folder.resolve("flow").toString())));

    assertThat(routes.files()).containsExactly(land, mine).doesNotContain(event);
    assertThat(routes.placeOf("event")).contains(mine + ":1");
    assertThat(RouteFiles.locations(routes, List.of()))
        .contains("file:" + land, "file:" + mine, "classpath:routes/30-pipeline.camel.yaml")
        .doesNotContain(
            "classpath:routes/31-event.camel.yaml", "classpath:routes/40-land.camel.yaml");
  }

  @Test
  void aFileOfSeveralRoutesIsReplacedWhollyOrNotAtAll() throws IOException {
    Files.createDirectories(folder.resolve("flow/routes"));
    Files.writeString(folder.resolve("flow/flow.properties"), "");
    Path both = route("flow/routes/both.yaml", "event", "more");
    Path mine = route("mine/mine.yaml", "event");
    UserRoutes flow = UserRoutes.of(Flow.named(folder.resolve("flow").toString()));
    assertThatThrownBy(() -> UserRoutes.in(mine.getParent()).over(flow))
        .isInstanceOf(SetupException.class)
        .hasMessage(
            mine
                + ":1 replaces a route of "
                + both
                + ", which has event, more: replace all of these");
  }

  private Path route(String name, String... ids) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    List<String> lines = new ArrayList<>();
    for (String id : ids) {
      lines.add("- route: {id: " + id + ", from: {uri: 'direct:" + id + "'}}");
    }
    return Files.write(file, lines);
  }
}
