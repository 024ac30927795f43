package dev.wadi.tap;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /tap}: a line of JSON for each exchange that is taken, until the reader has enough or
 * goes away. It writes in the event loop, as fast as the reader reads and no faster.
 */
public final class TapHandler implements Handler<RoutingContext> {

  private static final Logger LOG = LoggerFactory.getLogger(TapHandler.class);

  private static final String USUAL_SAMPLE = "10";
  private static final int MOST_BYTES = 16 << 10;
  private static final long LOOK_MILLIS = 50;

  /** How many looks lie between two lines of counts, by which a reader that is gone is found. */
  private static final int COUNTS_EVERY = 100;

  /** How many looks lie between two that ask whether the node is there still. */
  private static final int THERE_EVERY = 20;

  /** A route that is being changed is gone for a moment. */
  private static final int GONE_FOR = 5;

  private final Taps taps;
  private final TapAccess access;
  private final Clock clock;
  private final LongSupplier nanos;

  /**
   * @param nanos the time that passes, in nanoseconds
   */
  public TapHandler(TappedNodes nodes, TapAccess access, Clock clock, LongSupplier nanos) {
    this.taps = nodes.taps();
    this.access = access;
    this.clock = clock;
    this.nanos = nanos;
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    HttpServerResponse response = context.response();
    response.putHeader("X-Content-Type-Options", "nosniff");
    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    if (isOfABrowsersPage(request)) {
      refuse(response, 403, "pages may not look at what passes");
    } else if (access.closed()) {
      refuse(
          response,
          403,
          "nobody may look: wadi.http.host or wadi.http.names says that others reach this server,"
              + " so set WADI_HTTP_TAP_TOKEN");
    } else if (!access.admits().test(request.getHeader(HttpHeaders.AUTHORIZATION))) {
      response.putHeader("WWW-Authenticate", "Bearer");
      refuse(response, 401, "a token is needed: send Authorization: Bearer and the token");
    } else {
      open(request, response, context);
    }
  }

  private void open(
      HttpServerRequest request, HttpServerResponse response, RoutingContext context) {
    String name = request.getParam("node", "");
    String node = taps.node(name);
    if (node == null) {
      refuse(
          response,
          404,
          "there is no node '"
              + printable(name)
              + "': name one of these, a route or a node\n"
              + taps.listing().stripTrailing());
      return;
    }
    Tap tap;
    long count;
    try {
      count = count(request.getParam("count", "0"));
      tap =
          new Tap(
              node,
              TapFilter.of(request.getParam("filter")),
              Sampling.of(request.getParam("sample", USUAL_SAMPLE), nanos),
              MOST_BYTES,
              clock);
    } catch (IllegalArgumentException e) {
      refuse(response, 400, printable(e.getMessage()));
      return;
    }
    if (!taps.open(tap)) {
      refuse(response, 429, Taps.MOST + " taps are open: close one of them");
      return;
    }
    LOG.info("tap opened on node {} by {}", node, request.remoteAddress());
    response.setChunked(true).putHeader(HttpHeaders.CONTENT_TYPE, "application/x-ndjson");
    Reader reader = new Reader(taps, tap, response, count);
    long timer = context.vertx().setPeriodic(LOOK_MILLIS, reader);
    response.endHandler(
        ended -> {
          context.vertx().cancelTimer(timer);
          close(tap);
        });
    response.exceptionHandler(gone -> close(tap));
    response.closeHandler(
        gone -> {
          context.vertx().cancelTimer(timer);
          close(tap);
        });
    // the reader is told at once that it is open
    response.write(tap.counts() + "\n");
  }

  private void close(Tap tap) {
    taps.close(tap);
    LOG.debug("tap ended: {}", tap.counts());
  }

  /** Browsers say whose page asks; others send none of these. */
  private static boolean isOfABrowsersPage(HttpServerRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    return request.getHeader(HttpHeaders.ORIGIN) != null
        || site != null && !site.equals("none") && !site.equals("same-origin");
  }

  private static long count(String text) {
    if (!text.matches("\\d{1,9}")) {
      throw new IllegalArgumentException("count is '" + text + "': it must be a number, 0 for all");
    }
    return Long.parseLong(text);
  }

  private static void refuse(HttpServerResponse response, int status, String why) {
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
        .end(why + "\n");
  }

  private static String printable(String text) {
    return text.replaceAll("[^\\x20-\\x7e]", "?");
  }

  /** Hands on what waits, in the event loop. */
  private static final class Reader implements Handler<Long> {

    private final Taps taps;
    private final Tap tap;
    private final HttpServerResponse response;
    private final long count;
    private long sent;
    private int looks;
    private int gone;

    Reader(Taps taps, Tap tap, HttpServerResponse response, long count) {
      this.taps = taps;
      this.tap = tap;
      this.response = response;
      this.count = count;
    }

    @Override
    public void handle(Long timer) {
      if (response.ended() || response.closed()) {
        return;
      }
      while (!response.writeQueueFull()) {
        String line = tap.next();
        if (line == null) {
          break;
        }
        response.write(line + "\n");
        if (++sent == count) {
          response.end(tap.counts() + "\n");
          return;
        }
      }
      if (looks % THERE_EVERY == 0) {
        gone = taps.isThere(tap.node()) ? 0 : gone + 1;
        if (gone > GONE_FOR) {
          response.end(tap.counts("the node is there no more") + "\n");
          return;
        }
      }
      if (++looks % COUNTS_EVERY == 0 && !response.writeQueueFull()) {
        response.write(tap.counts() + "\n");
      }
    }
  }
}
