package dev.wadi.intake.http;

import dev.wadi.ops.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The endpoint before an intake log, on a server of its own, without Camel. */
final class ServedLog implements AutoCloseable {

  static final int MAX_BODY = 100_000;

  final IntakeLog log;
  final Metrics metrics = new Metrics(new SimpleMeterRegistry(), Clock.systemUTC());
  volatile boolean open = true;

  /** What the log fails with instead of taking something; null if it takes it. */
  volatile RuntimeException failure;

  /** What taking something ends in; null if it doesn't. */
  volatile Error error;

  final EventsHandler handler;
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  ServedLog(Path folder, String token, Envelope envelope) throws Exception {
    this(folder, token, envelope, MAX_BODY);
  }

  ServedLog(Path folder, String token, Envelope envelope, int maxBody) throws Exception {
    log = LogFixture.open(folder);
    handler =
        new EventsHandler(
            new ToLog(),
            new RequestReader(envelope),
            new Admission(AccessToken.of(token), false, true),
            maxBody,
            () -> open,
            metrics);
    Router router = Router.router(vertx);
    router.route("/events").handler(handler);
    server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(30, TimeUnit.SECONDS);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.actualPort() + "/events");
  }

  int port() {
    return server.actualPort();
  }

  HttpResponse<String> post(String type, String body) throws Exception {
    return post(HttpRequest.BodyPublishers.ofString(body), "Content-Type", type);
  }

  HttpResponse<String> post(HttpRequest.BodyPublisher body, String... headers) throws Exception {
    return send(HttpRequest.newBuilder(uri()).headers(headers).POST(body).build());
  }

  HttpResponse<String> send(HttpRequest request) throws Exception {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
    log.close();
  }

  private final class ToLog implements Intake {

    @Override
    public boolean isBlocking() {
      return false;
    }

    @Override
    public boolean takesRejected() {
      return true;
    }

    @Override
    public void take(Posted posted, Consumer<Throwable> ended) {
      if (error != null) {
        throw error;
      }
      if (failure != null) {
        ended.accept(failure);
      } else {
        log.append(posted.entries()).whenComplete((done, failed) -> ended.accept(failed));
      }
    }
  }
}
