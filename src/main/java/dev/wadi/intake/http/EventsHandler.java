package dev.wadi.intake.http;

import dev.wadi.event.TransientException;
import dev.wadi.ops.Metrics;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a request in and answers it. Nothing here waits: a small body is read in the event loop, a
 * large one by a worker, and the answer is written when the intake has ended. Thread-safe.
 */
final class EventsHandler implements Handler<RoutingContext> {

  private static final Logger LOG = LoggerFactory.getLogger(EventsHandler.class);

  /** Larger bodies are read by a worker: they would hold up the others of the event loop. */
  private static final int SMALL = 64 << 10;

  private static final String ENDING = "the process ends: send it again";

  private static final Map<String, String> SOON = Map.of("Retry-After", "1");
  private static final Map<String, String> LATER = Map.of("Retry-After", "5");

  private final Intake intake;
  private final RequestReader reader;
  private final Admission admission;
  private final long maxBody;
  private final BooleanSupplier isOpen;
  private final Metrics metrics;
  private final AtomicLong underway = new AtomicLong();

  /**
   * @param maxBody the most bytes of a body, packed or not
   * @param isOpen whether anything is taken in now, or the process is ending
   */
  EventsHandler(
      Intake intake,
      RequestReader reader,
      Admission admission,
      long maxBody,
      BooleanSupplier isOpen,
      Metrics metrics) {
    this.intake = intake;
    this.reader = reader;
    this.admission = admission;
    this.maxBody = maxBody;
    this.isOpen = isOpen;
    this.metrics = metrics;
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    Reply reply = new Reply(context, metrics);
    Problem problem = refusal(request);
    if (problem != null) {
      reply.turnAway(problem);
      return;
    }
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      context.response().writeContinue();
    }
    RequestBody body = new RequestBody(request, maxBody, underway);
    AtomicBoolean answered = new AtomicBoolean();
    Consumer<Answer> answer =
        given -> {
          if (answered.compareAndSet(false, true)) {
            body.release();
            reply.send(given);
          }
        };
    body.read(
        context.vertx(),
        bytes -> read(context, bytes, answer),
        refused -> {
          body.release();
          reply.turnAway(refused);
        });
  }

  /** The bytes of all requests that are not answered. */
  long underway() {
    return underway.get();
  }

  /** Why a request is refused before its body is read; null if it isn't. */
  private Problem refusal(HttpServerRequest request) {
    if (!request.method().equals(HttpMethod.POST)) {
      return Problem.of(405, "events are taken by POST", Map.of("Allow", "POST"));
    }
    Problem refused = admission.refusal(request);
    if (refused != null) {
      return refused;
    }
    if (!isOpen.getAsBoolean()) {
      return Problem.of(503, ENDING, LATER);
    }
    return null;
  }

  private void read(RoutingContext context, byte[] body, Consumer<Answer> answer) {
    MultiMap headers = context.request().headers();
    // what is packed may be large
    boolean small = body.length <= SMALL && !headers.contains(HttpHeaders.CONTENT_ENCODING);
    if (small && !intake.isBlocking()) {
      take(headers, body, answer);
    } else {
      context
          .vertx()
          .executeBlocking(
              () -> {
                take(headers, body, answer);
                return null;
              },
              false)
          .onFailure(e -> answer.accept(failed(e)));
    }
  }

  private void take(MultiMap sent, byte[] body, Consumer<Answer> answer) {
    try {
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      sent.forEach((name, value) -> headers.putIfAbsent(name, value));
      byte[] unpacked = Unpacked.body(headers.get("content-encoding"), body, maxBody);
      Posted posted = reader.read(headers, unpacked);
      requireWhole(posted);
      requireOpen();
      intake.take(
          posted,
          failure ->
              answer.accept(failure == null ? Answer.accepted(posted) : failed(failure, posted)));
    } catch (RefusedException e) {
      answer.accept(Answer.refused(e.problem()));
    } catch (RuntimeException | Error e) {
      // an error too, such as one for want of memory: the event loop would tell nobody
      answer.accept(failed(e));
    }
  }

  /** Again: a body may take half a minute, and whoever drains counts on it that nothing follows. */
  private void requireOpen() throws RefusedException {
    if (!isOpen.getAsBoolean()) {
      throw new RefusedException(Problem.of(503, ENDING, LATER));
    }
  }

  private void requireWhole(Posted posted) throws RefusedException {
    if (!intake.takesRejected() && !posted.rejected().isEmpty()) {
      Posted.Rejection first = posted.rejected().get(0);
      throw new RefusedException(
          Problem.of(
              400,
              first.field(),
              "nothing is taken, since "
                  + posted.rejected().size()
                  + " of what was sent are no events; the first has index "
                  + first.index()
                  + ": "
                  + first.detail()));
    }
  }

  private static Answer failed(Throwable failure, Posted posted) {
    Problem refusal = ServiceRefusal.of(failure, posted);
    return refusal == null ? failed(failure) : Answer.refused(refusal);
  }

  private static Answer failed(Throwable failure) {
    if (failure instanceof BusyException) {
      return Answer.refused(Problem.of(429, failure.getMessage(), SOON));
    }
    if (failure instanceof TransientException) {
      return Answer.refused(Problem.of(503, failure.getMessage() + ": send it again", LATER));
    }
    LOG.warn("a request was not taken in: {}", failure.toString(), failure);
    return Answer.refused(Problem.of(503, "it could not be stored: send it again", LATER));
  }
}
