package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.process.SmallDisk;
import dev.wadi.process.WadiProcess;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the packaged application says to wrong usage, wrong configuration and an unsuitable machine:
 * one line on standard error that says what to do, and an exit code.
 */
@Tag("integration")
class SetupErrorsIT {

  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fly | wadi: there is no command 'fly': use one of run, new, check, test, tap, query,",
        "run --rate abc | wadi run: --rate is 'abc': it must be a number from 0",
      })
  void saysWhatIsWrongWithTheCommandLine(String arguments, String said) throws Exception {
    assertThat(refusal(WRONG_USAGE, Map.of(), List.of(arguments.split(" "))))
        .startsWith(said)
        .endsWith(" --help)");
  }

  @Test
  void saysWhichShapesThereAre() throws Exception {
    assertThat(refusedRun("--shape", "moon"))
        .startsWith("wadi: there is no shape 'moon': use one of cdevents, cloudevents, json");
  }

  @Test
  void namesTheEnvironmentVariableWithAWrongValue() throws Exception {
    assertThat(refusedRun(Map.of("WADI_INTAKE_MAX_EVENTS", "many")))
        .startsWith("wadi: wadi.intake.max-events is 'many'")
        .contains("environment variable WADI_INTAKE_MAX_EVENTS", "it must be a whole number");
  }

  @Test
  void namesTheEnvironmentVariableThatIsMisspelt() throws Exception {
    assertThat(refusedRun(Map.of("WADI_INTAKE_MAX_EVENT", "5")))
        .contains("WADI_INTAKE_MAX_EVENT:", "did you mean WADI_INTAKE_MAX_EVENTS?");
  }

  @Test
  void namesTheFileAndLineOfAMisspeltSetting() throws Exception {
    Path file = write("my.properties", "my.own = 1\nwadi.intake.max-event = 5\n");
    assertThat(refusedRun("--config", file.toString()))
        .contains("unknown setting wadi.intake.max-event", file + ":2", "wadi.intake.max-events?");
  }

  @Test
  void namesTheConfigurationFileThatIsMissing() throws Exception {
    Path file = folder.resolve("none.properties");
    assertThat(refusedRun("--config", file.toString()))
        .contains("can't read the configuration file " + file);
  }

  @Test
  void namesThePortThatIsInUse() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = Integer.toString(taken.getLocalPort());
      assertThat(refusedRun("--port", port))
          .contains("port " + port + " is in use", "choose another with --port");
    }
  }

  @Test
  void letsOneProcessWriteAndAnyNumberRead() throws Exception {
    String data = folder.resolve("data").toString();
    try (WadiProcess first = ready(data)) {
      assertThat(refusal(FAILED, Map.of(), run(data)))
          .contains("is in use by another wadi", "--data");

      assertReads("1", "query", "--format", "csv", "SELECT 1 AS one", "--data", data);
      assertReads("nothing has landed yet", "verify", "--data", data);
      assertReads("(0 rows)", "dead-letters", "list", "--data", data);
      assertThat(first.isAlive()).isTrue();
      assertThat(first.terminate()).isZero();
    }
    try (WadiProcess next = ready(data)) {
      assertThat(next.terminate()).isZero();
    }
  }

  @Test
  void saysThatAFileIsNoDataFolder() throws Exception {
    Path file = write("data", "");
    assertThat(refusal(FAILED, Map.of(), run(file.toString())))
        .contains("can't write to the data folder " + file, "choose another with --data");
    assertThat(file).isEmptyFile();
    assertThat(refusal(FAILED, Map.of(), List.of("verify", "--data", file.toString())))
        .contains("there is no data folder '" + file + "'");
  }

  @Test
  void saysThatTheDataFolderIsNotWritable() throws Exception {
    Path mounted = Files.createDirectory(folder.resolve("read-only"));
    try (SmallDisk disk = SmallDisk.mount(mounted, "ro,size=1m")) {
      Path data = disk.folder().resolve("data");
      assertThat(refusal(FAILED, Map.of(), run(data.toString())))
          .contains("can't write to the data folder " + data, "choose another with --data");
    }
  }

  @Test
  void readersMakeNoDataFolder() throws Exception {
    Path none = folder.resolve("none");
    for (String command : List.of("verify", "dead-letters list", "query SELECT")) {
      List<String> words = new ArrayList<>(List.of(command.split(" ")));
      words.addAll(List.of("--data", none.toString()));
      assertThat(refusal(FAILED, Map.of(), words))
          .contains("there is no data folder '" + none + "': start `wadi run`");
    }
    assertThat(none).doesNotExist();
  }

  @Test
  void saysThatTheRoutesAreNoFolder() throws Exception {
    assertThat(refusedRun("--routes", folder.resolve("none").toString()))
        .contains("is no folder: name one that holds *.yaml");
    assertThat(refusedRun("--routes", Files.createDirectory(folder.resolve("empty")).toString()))
        .contains("holds no *.yaml file");
  }

  /** What can be told without Camel is told before anything is started or made. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "- route:\\n    id: mine\\n   from: x | :3: this is not YAML",
        "- route:\\n    from:\\n      uri: timer:x | :1: a route without an id",
        "- from:\\n    uri: timer:x | :1: a route without an id",
        "route:\\n  id: mine | is no list of routes: begin each with `- route:`",
        "'' | is no list of routes",
      })
  void namesTheFileThatHoldsNoRoutes(String yaml, String said) throws Exception {
    Path file = write("routes/mine.yaml", yaml.replace("\\n", "\n"));
    assertThat(refusedRun("--routes", file.getParent().toString())).contains(file.toString(), said);
  }

  @Test
  void namesBothFilesWithTheSameRoute() throws Exception {
    Path one = write("routes/one.yaml", route("log: hi"));
    Path two = write("routes/two.yaml", route("log: hi"));
    assertThat(refusedRun("--routes", one.getParent().toString()))
        .contains(two + ":1: the route mine is in " + one + ":1 too");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "splitt: {} | :6: Unknown node id: splitt",
        "log: {mesage: hi} | :6: Unsupported field: mesage",
        "process: {ref: nosuch} | :1: route mine: No bean could be found in the registry for: nosuch",
        "to: 'timer:y?periood=5' | Unknown parameters=[{periood=5}]",
        "to: 'wadi-drop:{{my.reason}}' | Property with key [my.reason] not found",
        "to: nosuch:y | :1: route mine: No endpoint could be found for: nosuch",
        "filter: {simple: '${bodyy} = 3'} | :1: route mine: ",
      })
  void namesTheFileWithTheRouteThatCamelRefuses(String step, String said) throws Exception {
    Path file = write("routes/mine.yaml", route(step));
    assertThat(refusedRoutes(file.getParent()))
        .startsWith("wadi: the routes can't start: " + file + ":")
        .contains(said)
        .endsWith("Mend the route file, or leave --routes out");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wadi-sqs:events?maxEvents=0", "wadi-sqs:events?receivers=1000"})
  void namesTheFileWithTheRouteThatWadiRefuses(String uri) throws Exception {
    Path file = write("routes/mine.yaml", route("log: hi").replace("timer:x", uri));
    assertThat(refusedRoutes(file.getParent()))
        .startsWith("wadi: " + file + ":1: route mine: wadi-sqs needs ");
  }

  @Test
  void tellsOfAMissingQueueInOneLine() throws Exception {
    Path file = write("routes/mine.yaml", route("log: hi").replace("timer:x", "wadi-sqs:nosuch"));
    assertThat(refusedRoutes(file.getParent())).startsWith("wadi: there is no queue nosuch");
  }

  @Test
  void leavesADataFolderThatTheNextStartUses() throws Exception {
    Path file = write("routes/mine.yaml", route("process: {ref: nosuch}"));
    refusedRoutes(file.getParent());
    try (WadiProcess next = ready(folder.resolve("data").toString())) {
      assertThat(next.terminate()).isZero();
    }
  }

  @Test
  void namesTheFileAndLineOfABrokenShape() throws Exception {
    Path shapes = write("shapes/mine.yaml", "key: [id]\nid: id\ntyppe: {path: type}\n").getParent();
    assertThat(refusedRun("--shapes", shapes.toString(), "--shape", "mine"))
        .contains("mine.yaml:3: 'typpe' is unknown");
    write("shapes/mine.yaml", "key: [id\nid: id\n");
    assertThat(refusedRun("--shapes", shapes.toString(), "--shape", "mine"))
        .contains("mine.yaml:2: not YAML");
  }

  private static String route(String step) {
    return "- route:\n    id: mine\n    from:\n      uri: timer:x\n      steps:\n        - "
        + step
        + "\n";
  }

  private Path write(String name, String text) throws Exception {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static List<String> run(String data, String... more) {
    List<String> words = new ArrayList<>(List.of("run", "--rate", "0", "--data", data));
    if (!List.of(more).contains("--port")) {
      words.addAll(List.of("--port", "0"));
    }
    words.addAll(List.of(more));
    return words;
  }

  private String refusedRun(String... more) throws Exception {
    return refusedRun(Map.of(), more);
  }

  /** What a run says that gives up before it has touched anything. */
  private String refusedRun(Map<String, String> environment, String... more) throws Exception {
    Path data = folder.resolve("data");
    String said = refusal(FAILED, environment, run(data.toString(), more));
    assertThat(data).doesNotExist();
    return said;
  }

  private String refusedRoutes(Path routes) throws Exception {
    return refusal(
        FAILED, Map.of(), run(folder.resolve("data").toString(), "--routes", routes.toString()));
  }

  /** The one line of a command that must fail. */
  private static String refusal(int code, Map<String, String> environment, List<String> words)
      throws Exception {
    try (WadiProcess wadi = WadiProcess.start(environment, words.toArray(String[]::new))) {
      assertThat(wadi.waitFor()).as("exit code:\n%s", wadi.log()).isEqualTo(code);
      assertThat(wadi.output()).isEmpty();
      assertThat(wadi.errors()).as("lines on standard error").hasSize(1);
      assertThat(wadi.errors().get(0)).startsWith("wadi").doesNotContain("\tat ");
      return wadi.errors().get(0);
    }
  }

  private static WadiProcess ready(String data) throws Exception {
    WadiProcess wadi = WadiProcess.start(Map.of(), run(data).toArray(String[]::new));
    wadi.awaitError(line -> line.startsWith("ready"), "readiness");
    return wadi;
  }

  private static void assertReads(String answer, String... words) throws Exception {
    try (WadiProcess reader = WadiProcess.start(Map.of(), words)) {
      assertThat(reader.waitFor()).as("exit code:\n%s", reader.log()).isZero();
      assertThat(reader.output()).anyMatch(line -> line.contains(answer));
    }
  }
}
