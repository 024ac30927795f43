package dev.wadi.process;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A public JSON API: a list that is paged by number ({@code /page}), offset ({@code /offset}),
 * cursor ({@code /cursor}) and {@code Link} ({@code /link}), or all at once ({@code /all}), with
 * ETags, and with faults for the requests to come. Serves this machine only.
 */
public final class PublicApi implements AutoCloseable {

  /** What it was asked. */
  public record Request(String uri, Map<String, List<String>> headers) {

    /** A header's first value, or null. */
    public String header(String name) {
      List<String> values = headers.get(name.toLowerCase(java.util.Locale.ROOT));
      return values == null ? null : values.get(0);
    }
  }

  /** What happens to a request in the place of its answer. */
  @FunctionalInterface
  public interface Fault {
    void happen(HttpExchange exchange) throws IOException;
  }

  private final int pageSize;
  private final List<String> items = new ArrayList<>();
  private final Deque<Fault> faults = new ArrayDeque<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool(PublicApi::daemon);
  private HttpServer server;
  private int port;
  private boolean conditional = true;

  /**
   * @param pageSize the most items of a page
   */
  public PublicApi(int pageSize) {
    this.pageSize = pageSize;
    serve();
  }

  /** A fault that answers so. */
  public static Fault answer(int status, Map<String, String> headers, String body) {
    return exchange -> {
      headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      send(exchange, status, body.getBytes(StandardCharsets.UTF_8));
    };
  }

  /** A fault that breaks the connection before the answer. */
  public static Fault cut() {
    return HttpExchange::close;
  }

  /** A fault that breaks the connection amid the body. */
  public static Fault cutAmid(String body) {
    return exchange -> {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
      exchange.getResponseBody().flush();
      exchange.close();
    };
  }

  /** A fault that doesn't answer until somebody lets it. */
  public static Fault hang(Runnable until) {
    return exchange -> {
      until.run();
      exchange.close();
    };
  }

  /** The URL of one of its paths. */
  public URI url(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** Adds items behind the others, each a JSON object. */
  public synchronized void add(Collection<String> more) {
    items.addAll(more);
  }

  /** How many items it has. */
  public synchronized int size() {
    return items.size();
  }

  /** Whether it knows ETags. */
  public synchronized void setConditional(boolean knows) {
    conditional = knows;
  }

  /** Has these happen to the next requests, one each. */
  public synchronized void fail(Fault... next) {
    faults.addAll(List.of(next));
  }

  /** What has not happened yet of these happens no more. */
  public synchronized void forgive() {
    faults.clear();
  }

  /** What it was asked so far. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** What it was asked so far, without the headers. */
  public List<String> asked() {
    return requests.stream().map(Request::uri).toList();
  }

  /** Serves nobody until {@link #resume}. */
  public void stop() {
    server.stop(0);
  }

  /** Serves again at the same port. */
  public void resume() {
    serve();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve() {
    try {
      server =
          HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 50);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    port = server.getAddress().getPort();
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    Map<String, List<String>> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values));
    requests.add(new Request(exchange.getRequestURI().toString(), headers));
    Fault fault;
    synchronized (this) {
      fault = faults.poll();
    }
    if (fault != null) {
      fault.happen(exchange);
    } else {
      page(exchange);
    }
  }

  private synchronized void page(HttpExchange exchange) throws IOException {
    Map<String, String> query = query(exchange.getRequestURI());
    String path = exchange.getRequestURI().getPath();
    int from =
        switch (path) {
          case "/page", "/link" ->
              (Integer.parseInt(query.getOrDefault("page", "1")) - 1) * pageSize;
          case "/offset" -> Integer.parseInt(query.getOrDefault("offset", "0"));
          case "/cursor" -> Integer.parseInt(query.getOrDefault("cursor", "c0").substring(1));
          default -> 0;
        };
    int to = path.equals("/all") ? items.size() : Math.min(items.size(), from + pageSize);
    List<String> page = from >= to ? List.of() : items.subList(from, to);
    boolean more = to < items.size();
    Headers headers = exchange.getResponseHeaders();
    if (path.equals("/link") && more) {
      int number = from / pageSize + 2;
      headers.set(
          "Link",
          "<%s>; rel=\"first\", <%s>; rel=\"next\""
              .formatted(url("/link?page=1"), url("/link?page=" + number)));
    }
    String cursor = path.equals("/cursor") && more ? "\"c" + to + "\"" : "null";
    send(
        exchange,
        "{\n  \"items\": [\n    %s\n  ],\n  \"next\": %s\n}"
            .formatted(String.join(",\n    ", page), cursor));
  }

  private void send(HttpExchange exchange, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String etag = "\"" + Integer.toHexString(body.hashCode()) + "\"";
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "application/json; charset=utf-8");
    if (conditional) {
      headers.set("ETag", etag);
      if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
        exchange.sendResponseHeaders(304, -1);
        exchange.close();
        return;
      }
    }
    send(exchange, 200, bytes);
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private static Map<String, String> query(URI uri) {
    Map<String, String> query = new HashMap<>();
    if (uri.getQuery() != null) {
      for (String part : uri.getQuery().split("&")) {
        query.put(part.replaceFirst("=.*", ""), part.replaceFirst(".*?=", ""));
      }
    }
    return query;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "public-api");
    thread.setDaemon(true);
    return thread;
  }
}
