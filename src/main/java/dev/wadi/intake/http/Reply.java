package dev.wadi.intake.http;

import dev.wadi.ops.Failpoint;
import dev.wadi.ops.Metrics;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** The way back of one request's answer, in the event loop that the request came by. */
final class Reply {

  /** A body of this size is rather read than its connection given up. */
  private static final long SMALL = 64 << 10;

  private final RoutingContext request;
  private final Context loop;
  private final Metrics metrics;

  Reply(RoutingContext request, Metrics metrics) {
    this.request = request;
    this.loop = request.vertx().getOrCreateContext();
    this.metrics = metrics;
  }

  /** Answers; may be called by any thread. */
  void send(Answer answer) {
    loop.runOnContext(now -> write(answer));
  }

  /** Answers a request whose body is not read to its end. */
  void turnAway(Problem problem) {
    if (!request.request().isEnded() && RequestBody.isLarge(request.request(), SMALL)) {
      request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    write(Answer.refused(problem));
  }

  private void write(Answer answer) {
    metrics.count("wadi.http.requests", "status", Integer.toString(answer.status()), 1);
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      // the sender has gone: it will send again, and that is a duplicate then
      return;
    }
    response.setStatusCode(answer.status());
    response.putHeader(HttpHeaders.CONTENT_TYPE, answer.mediaType());
    answer.headers().forEach(response::putHeader);
    response.end(answer.body()).onSuccess(sent -> Failpoint.reach("http-answered"));
  }
}
