package dev.wadi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.wadi.web.Certificates;
import dev.wadi.web.ServerVertx;
import dev.wadi.web.Tls;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class TapCommandTest {

  private static final String COUNTS =
      "{\"tap\":{\"node\":\"n\",\"seen\":2,\"taken\":1,\"dropped\":0}}\n";

  @TempDir Path folder;
  private final CountDownLatch ended = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stopServer() {
    ended.countDown();
    server.stop(0);
  }

  @Test
  void printsALineOfWhatPassesAndTheCountsBeside() {
    answer(
        200,
        COUNTS
            + "{\"at\":\"10:00\",\"node\":\"n\",\"source\":\"http:events\",\"position\":\"1\","
            + "\"body\":{\"a\":\"ä\"}}\n"
            + COUNTS);

    CommandRun run = tap("n", "--url", url());

    assertThat(run.err()).isEqualTo(COUNTS);
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo("10:00 http:events 1 {\"a\":\"ä\"}\n");
  }

  @Test
  void nothingOfALineSteersTheTerminal() {
    answer(
        200,
        "{\"at\":\"10:00\",\"source\":\"\\u001b[2J\",\"position\":\"\\u0007\\r\","
            + "\"body\":\"a\\u001bb\u009bc\"}\n");

    assertThat(tap("n", "--url", url()).out()).isEqualTo("10:00 \\x1b[2J \\x07\\r a\\x1bb\\x9bc\n");
    assertThat(tap("n", "--json", "--url", url()).out())
        .isEqualTo(
            "{\"at\":\"10:00\",\"source\":\"\\u001b[2J\",\"position\":\"\\u0007\\r\","
                + "\"body\":\"a\\u001bb\\u009bc\"}\n");
  }

  @Test
  void endsWhenItsReaderHasGone() {
    server.createContext(
        "/tap",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange
              .getResponseBody()
              .write("{\"at\":\"1\",\"body\":1}\n".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          // the node goes on, and so does the answer
          try (exchange) {
            ended.await(60, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    OutputStream gone =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };

    CommandRun run = CommandRun.of(TapCommand::new, gone, "n", "--url", url());

    assertThat(run.exitCode()).isZero();
    assertThat(ended.getCount()).isEqualTo(1);
  }

  @Test
  void listsTheNodesWhereThereAreSome() {
    answer(404, "there is no node '': name one of these, a route or a node\nin (begins at a)\na\n");

    assertThat(tap("--url", url()).out()).isEqualTo("in (begins at a)\na\n");
    assertThat(tap("--url", url()).exitCode()).isZero();
    assertThat(tap("x", "--url", url()).exitCode()).isEqualTo(1);
  }

  @Test
  void anotherServersAnswerIsNoList() {
    answer(404, "Not found\nat all\n");

    CommandRun run = tap("--url", url());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualTo("wadi tap: Not found\nat all\n");
  }

  @Test
  void whatTheServerCannotReadWasWronglyAsked() {
    answer(400, "sample is 'q': it must be a whole number or 1/N\n");

    CommandRun run = tap("n", "--sample", "q", "--url", url());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("wadi tap: sample is 'q': it must be a whole number or 1/N\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:8080", "localhost", "file:/etc/hosts", "http:///"})
  void saysWhatAUrlMustBe(String url) {
    CommandRun run = tap("n", "--url", url);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("it must begin with http:// or https://");
  }

  @Test
  void findsByTlsTheOneThatHasTheCertificateOfTheSettingsAndNoOther() throws Exception {
    Certificates certificates = new Certificates(folder);
    Path served = certificates.server("served");
    Path other = certificates.server("other");
    Vertx vertx =
        ServerVertx.of(
            new Tls(served, Certificates.keyOf(served), null, Clock.systemUTC()), () -> {});
    try {
      int port =
          vertx
              .createHttpServer(new HttpServerOptions())
              .requestHandler(request -> request.response().end("{\"at\":\"1\",\"body\":2}\n"))
              .listen(0, "127.0.0.1")
              .toCompletionStage()
              .toCompletableFuture()
              .get(60, TimeUnit.SECONDS)
              .actualPort();
      String own = config("own", port, served);
      // a first handshake on a busy machine may last longer than the command waits
      CommandRun run =
          await()
              .atMost(Duration.ofSeconds(60))
              .until(() -> tap("n", "--config", own), each -> each.exitCode() == 0);
      assertThat(run.out()).isEqualTo("1 2\n");
      assertThat(tap("n", "--config", config("another", port, other)).err())
          .contains("the certificate is not that of wadi.http.tls.certificate");
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
  }

  private String config(String name, int port, Path certificate) throws IOException {
    return Files.write(
            folder.resolve(name + ".properties"),
            List.of(
                "wadi.http.port = " + port,
                "wadi.http.tls.certificate = " + certificate,
                "wadi.http.tls.key = " + Certificates.keyOf(certificate)))
        .toString();
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  private void answer(int status, String body) {
    server.createContext(
        "/tap",
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private static CommandRun tap(String... words) {
    return CommandRun.of(TapCommand::new, words);
  }
}
