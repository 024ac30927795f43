package dev.wadi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@Tag("unit")
class NewCommandTest {

  @TempDir Path folder;

  private record Run(int exitCode, String out, String err) {}

  @Test
  void aShapeHoldsAsItIs() {
    Run made = run("new", "shape", "orders", "--dir", folder.toString());

    assertThat(made.exitCode).as(made.err).isZero();
    assertThat(made.out)
        .contains(
            "wrote " + folder.resolve("shapes/orders.yaml"), "next: ", "  ./wadi test " + cases());
    holds("check", "--shapes", folder.resolve("shapes").toString(), "--shape", "orders");
    holds("test", "--timeout", "120", cases());
  }

  @ParameterizedTest
  @ValueSource(strings = {"platform-http:/hooks/orders", "timer:orders?period=60000"})
  void aSourceHoldsAsItIs(String from) {
    Run made = run("new", "source", "orders", "--dir", folder.toString(), "--from", from);

    assertThat(made.exitCode).as(made.err).isZero();
    assertThat(made.out)
        .contains("docs/how-to/add-a-source.md says what such a route must keep to");
    holds("check", "--strict", "--routes", folder.resolve("routes").toString());
    holds("test", "--timeout", "120", cases());
  }

  @Test
  void aFlowHoldsAsItIs() throws IOException {
    Run made = run("new", "flow", "orders", "--dir", folder.toString());

    String flow = folder.resolve("orders").toString();
    assertThat(made.exitCode).as(made.err).isZero();
    assertThat(made.out).contains("  ./wadi run --flow " + flow);
    holds("check", "--strict", "--flow", flow);
    holds("test", "--timeout", "120", "--flow", flow);
    assertThat(Files.readString(folder.resolve("orders/routes/31-event.camel.yaml")))
        .contains("uri: wadi-drop:test")
        .startsWith(
            Files.readString(Path.of("src/main/resources/routes/31-event.camel.yaml"))
                .split(" +- idempotentConsumer:")[0]);
  }

  @Test
  void saysWhatASourceLacksThatTakesFromAComponentOfAnotherJar() {
    Run made = run("new", "source", "orders", "--dir", folder.toString(), "--from", "kafka:orders");

    assertThat(made.out).contains("the component kafka is not in Wadi's jar");
    assertThat(folder.resolve("routes/orders.camel.yaml"))
        .content()
        .contains("uri: \"kafka:orders\"");
  }

  @Test
  void leavesWhatIsThereAndWritesNothingBesides() throws IOException {
    Path there = folder.resolve("cases/orders.yaml");
    Files.createDirectories(there.getParent());
    Files.writeString(there, "mine\n");

    Run made = run("new", "shape", "orders", "--dir", folder.toString());

    assertThat(made.exitCode).isEqualTo(1);
    assertThat(made.err).contains(there + " is there already, and is left as it is");
    assertThat(there).hasContent("mine");
    assertThat(folder.resolve("shapes")).doesNotExist();
  }

  @Test
  void takesNoNameThatIsNoneOrWadisOwn() {
    assertThat(run("new", "flow", "cdevents").err).contains("Wadi has a flow 'cdevents' itself");
    assertThat(run("new", "shape", "json").err).contains("Wadi has a shape 'json' itself");
    assertThat(run("new", "source", "event").err).contains("Wadi has a source 'event' itself");
    assertThat(run("new", "flow", "../x").err).contains("'../x' is no name for it");
    assertThat(run("new", "route", "x").err).contains("'route' is none: choose source");
    assertThat(run("new", "shape", "x", "--from", "timer:x").err)
        .contains("--from is for a source");
    assertThat(run("new", "source", "x", "--from", "a\"b").exitCode).isEqualTo(2);
  }

  private String cases() {
    return folder.resolve("cases/orders.yaml").toString();
  }

  private static void holds(String... words) {
    Run run = run(words);
    assertThat(run.exitCode).as(run.out + run.err).isZero();
    assertThat(run.out).contains("ok: ");
  }

  private static Run run(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        WadiCommand.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    return new Run(command.execute(words), out.toString(), err.toString());
  }
}
