package dev.wadi.intake.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Reads a request's body, and no further than it may be large, or all bodies together may be. Used
 * by the request's event loop; {@link #release} by any thread.
 */
final class RequestBody {

  /** The most bytes of all requests that are not answered. */
  private static final long MOST_UNDERWAY = 128L << 20;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpServerRequest request;
  private final long maxBody;
  private final AtomicLong underway;
  private final AtomicLong taken = new AtomicLong();
  private Buffer body = Buffer.buffer();
  private boolean over;

  /**
   * @param underway the bytes of all requests that are not answered
   */
  RequestBody(HttpServerRequest request, long maxBody, AtomicLong underway) {
    this.request = request;
    this.maxBody = maxBody;
    this.underway = underway;
  }

  /** Reads it, and tells one of both once; neither if the sender goes away. */
  void read(Vertx vertx, Consumer<byte[]> done, Consumer<Problem> refused) {
    Problem problem = refusal();
    if (problem != null) {
      refused.accept(problem);
      return;
    }
    long timer =
        vertx.setTimer(
            PATIENCE.toMillis(),
            id -> end(refused, Problem.of(408, "the body took too long: send it again")));
    request.handler(part -> add(part, refused));
    request.endHandler(
        ended -> {
          vertx.cancelTimer(timer);
          if (!over) {
            whole(done, refused);
          }
        });
    request.exceptionHandler(
        gone -> {
          vertx.cancelTimer(timer);
          over = true;
          release();
        });
  }

  private void whole(Consumer<byte[]> done, Consumer<Problem> refused) {
    byte[] bytes;
    try {
      bytes = body.getBytes();
    } catch (OutOfMemoryError e) {
      end(refused, noMemory());
      return;
    }
    over = true;
    body = null;
    done.accept(bytes);
  }

  /** The request is answered: its bytes are forgotten. */
  void release() {
    underway.addAndGet(-taken.getAndSet(0));
  }

  /** Whether what is left of a body is not worth reading, just to keep the connection. */
  static boolean isLarge(HttpServerRequest request, long small) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return isChunked(request)
        || length != null && !length.matches("\\d{1,9}")
        || length != null && Long.parseLong(length) > small;
  }

  private Problem refusal() {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length == null && !isChunked(request) && request.version() != HttpVersion.HTTP_2) {
      return Problem.of(411, "Content-Length", "there is no body, and no Content-Length");
    }
    // the server takes none that is no number
    if (length != null && (length.length() > 18 || Long.parseLong(length) > maxBody)) {
      return Unpacked.tooLarge(maxBody).problem();
    }
    return null;
  }

  private void add(Buffer part, Consumer<Problem> refused) {
    if (over) {
      return;
    }
    taken.addAndGet(part.length());
    if (body.length() + part.length() > maxBody) {
      underway.addAndGet(part.length());
      end(refused, Unpacked.tooLarge(maxBody).problem());
    } else if (underway.addAndGet(part.length()) > MOST_UNDERWAY) {
      end(
          refused,
          Problem.of(
              429, "too many requests are underway: send it again", Map.of("Retry-After", "1")));
    } else {
      try {
        body.appendBuffer(part);
      } catch (OutOfMemoryError e) {
        // the event loop would tell nobody
        end(refused, noMemory());
      }
    }
  }

  private void end(Consumer<Problem> refused, Problem problem) {
    if (!over) {
      over = true;
      body = null;
      refused.accept(problem);
    }
  }

  private static Problem noMemory() {
    return Problem.of(
        503, "there is no memory for it now: send it again", Map.of("Retry-After", "5"));
  }

  private static boolean isChunked(HttpServerRequest request) {
    String encoding = request.getHeader(HttpHeaders.TRANSFER_ENCODING);
    return encoding != null && encoding.contains("chunked");
  }
}
