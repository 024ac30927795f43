package dev.wadi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class HealthCommandTest {

  private HttpServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @Test
  void exitsWithZeroWhenReady() {
    answer(200, "{\"status\":\"UP\",\"checks\":[]}\n");

    Run run = health("--url", url());

    assertThat(run.exitCode).isZero();
    assertThat(run.out).isEqualTo("{\"status\":\"UP\",\"checks\":[]}\n");
    assertThat(run.err).isEmpty();
  }

  @Test
  void exitsWithOneAndSaysWhyWhenNotReady() {
    answer(503, "{\"status\":\"DOWN\",\"checks\":[{\"name\":\"store\"}]}\n");

    Run run = health("--url", url());

    assertThat(run.exitCode).isEqualTo(1);
    assertThat(run.out).isEqualTo("503 {\"status\":\"DOWN\",\"checks\":[{\"name\":\"store\"}]}\n");
  }

  @Test
  void exitsWithOneAndOneLineWhenNothingAnswers() {
    String url = url();
    server.stop(0);

    Run run = health("--url", url);

    assertThat(run.exitCode).isEqualTo(1);
    assertThat(run.err).startsWith("wadi: " + url + " does not answer (").hasLineCount(1);
  }

  @Test
  void refusesWhatIsNoUrlOfAServer() {
    assertThat(health("--url", "health").err).startsWith("wadi: health does not answer (");
    assertThat(health("--url", "file:/etc/hosts").err)
        .startsWith("wadi: file:/etc/hosts does not answer (");
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/health";
  }

  private void answer(int status, String body) {
    server.createContext(
        "/health",
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private record Run(int exitCode, String out, String err) {}

  private static Run health(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringWriter err = new StringWriter();
    String[] words = new String[arguments.length + 1];
    words[0] = "health";
    System.arraycopy(arguments, 0, words, 1, arguments.length);
    int exitCode =
        WadiCommand.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(words);
    return new Run(exitCode, out.toString(StandardCharsets.UTF_8), err.toString());
  }
}
