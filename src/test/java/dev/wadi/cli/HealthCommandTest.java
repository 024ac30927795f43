package dev.wadi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.wadi.web.Certificates;
import dev.wadi.web.ServerVertx;
import dev.wadi.web.Tls;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class HealthCommandTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
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

  @ParameterizedTest
  @CsvSource({"--live, /health/live", "--ready, /health/ready"})
  void asksForWhatIsWantedAtThePortOfTheSettings(String option, String path) throws IOException {
    answer(path, 200, "asked\n");
    Path config = config("wadi.http.port = " + server.getAddress().getPort());

    Run run = health(option, "--config", config.toString());

    assertThat(run.err).isEmpty();
    assertThat(run.out).isEqualTo("asked\n");
  }

  @Test
  void asksByTlsWhereTheSettingsHaveItAndAsksForNoName() throws Exception {
    Certificates certificates = new Certificates(folder);
    Path served = certificates.server("served");
    // the server keeps what it had while what is in the files doesn't belong together
    Path renewed = certificates.server("renewed");
    Vertx vertx =
        ServerVertx.of(
            new Tls(served, Certificates.keyOf(served), null, Clock.systemUTC()), () -> {});
    try {
      int port =
          vertx
              .createHttpServer(new HttpServerOptions())
              .requestHandler(request -> request.response().end(request.path()))
              .listen(0, "127.0.0.1")
              .toCompletionStage()
              .toCompletableFuture()
              .get(60, TimeUnit.SECONDS)
              .actualPort();
      Path config =
          config(
              "wadi.http.port = " + port,
              "wadi.http.tls.certificate = " + renewed,
              "wadi.http.tls.key = " + Certificates.keyOf(renewed));

      // a first handshake on a busy machine may last longer than the command waits
      Run run =
          await()
              .atMost(PATIENCE)
              .until(() -> health("--live", "--config", config.toString()), it -> it.exitCode == 0);

      assertThat(run.out).isEqualTo("/health/live\n");
      // another's certificate is judged as ever
      String url = "https://127.0.0.1:" + port + "/health";
      await()
          .atMost(PATIENCE)
          .until(() -> health("--url", url).err.contains("does not answer (javax.net.ssl."));
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void asksOneThingAtATime() {
    assertThat(health("--live", "--ready").exitCode).isEqualTo(2);
    assertThat(health("--live", "--url", url()).exitCode).isEqualTo(2);
  }

  private Path config(String... lines) throws IOException {
    return Files.write(folder.resolve("my.properties"), List.of(lines));
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/health";
  }

  private void answer(int status, String body) {
    answer("/health", status, body);
  }

  private void answer(String path, int status, String body) {
    server.createContext(
        path,
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
