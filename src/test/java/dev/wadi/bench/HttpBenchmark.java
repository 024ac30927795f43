package dev.wadi.bench;

import dev.wadi.ops.Backoff;
import dev.wadi.process.WadiProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Posts single events to a {@code wadi run} of its own over connections that are kept, and prints
 * how many were answered a second and how long the answers took. Client and server share the
 * machine, so the client is as lean as it can be: a thread and a socket each, and the same bytes
 * but for the id.
 *
 * <p>With a rate, a request's time counts from when it was due, so that those that wait behind a
 * slow one are not left out.
 */
public final class HttpBenchmark {

  private static final int OK = 202;
  private static final byte[] ID = "id-000000000000".getBytes(StandardCharsets.US_ASCII);
  private static final int DIGITS = 12;

  private final int port;
  private final AtomicLong next = new AtomicLong();

  private HttpBenchmark(int port) {
    this.port = port;
  }

  /**
   * @param arguments path to post to, connections, seconds of each part, rate, folder of routes;
   *     with defaults
   */
  public static void main(String[] arguments) throws Exception {
    String path = arguments.length > 0 ? arguments[0] : "/events";
    int connections = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 64;
    int seconds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 15;
    int rate = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 2_500;
    String[] routes =
        arguments.length > 4 ? new String[] {"--routes", arguments[4]} : new String[0];
    Path data = Files.createTempDirectory(Path.of("target"), "http-bench");
    List<String> command =
        new ArrayList<>(List.of("run", "--rate", "0", "--port", "0", "--data", data.toString()));
    command.addAll(List.of(routes));
    try (WadiProcess wadi =
        WadiProcess.startAsUsersDo(
            Map.of("WADI_LAND_MAX_AGE", "15s"), command.toArray(String[]::new))) {
      wadi.awaitError(line -> line.startsWith("ready at"), "readiness");
      String ready =
          wadi.errors().stream().filter(line -> line.startsWith("ready at")).findFirst().get();
      int port = Integer.parseInt(ready.replaceFirst(".*:(\\d+)/.*", "$1"));
      HttpBenchmark benchmark = new HttpBenchmark(port);
      benchmark.run(path, "warm-up", connections, seconds, 0);
      benchmark.awaitLanding();
      benchmark.run(path, "as fast as it goes", connections, seconds, 0);
      benchmark.awaitLanding();
      benchmark.run(path, rate + " a second", connections, seconds, rate);
      wadi.terminate();
      System.out.println(wadi.errors().get(wadi.errors().size() - 1));
    }
  }

  /** What a part has left in the log would be landed at the cost of the next one. */
  private void awaitLanding() throws IOException, InterruptedException {
    HttpRequest metrics =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build();
    HttpClient client = HttpClient.newHttpClient();
    Backoff pace = new Backoff(Duration.ofMillis(500), Duration.ofMillis(500));
    while (client
        .send(metrics, HttpResponse.BodyHandlers.ofString())
        .body()
        .lines()
        .filter(line -> line.startsWith("wadi_http_log_bytes"))
        .anyMatch(line -> !line.endsWith(" 0.0"))) {
      pace.pause(1);
    }
  }

  private void run(String path, String name, int connections, int seconds, int rate)
      throws InterruptedException, ExecutionException {
    double[] cpu = cpuSeconds();
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    long began = System.nanoTime();
    long end = began + Duration.ofSeconds(seconds).toNanos();
    List<Future<long[]>> parts = new ArrayList<>();
    for (int n = 0; n < connections; n++) {
      long first = began + (rate == 0 ? 0 : n * 1_000_000_000L / rate);
      long every = rate == 0 ? 0 : connections * 1_000_000_000L / rate;
      parts.add(threads.submit(() -> post(path, first, every, end)));
    }
    List<long[]> times = new ArrayList<>();
    for (Future<long[]> part : parts) {
      times.add(part.get());
    }
    threads.shutdown();
    double took = (System.nanoTime() - began) / 1e9;
    long[] all = times.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    System.out.printf(
        "%s: %d connections, %d requests in %.1f s, %.0f/s, ms: p50 %.1f, p95 %.1f, p99 %.1f, max"
            + " %.1f; us CPU a request: server %.0f, client %.0f%n",
        name,
        connections,
        all.length,
        took,
        all.length / took,
        millis(all, 0.5),
        millis(all, 0.95),
        millis(all, 0.99),
        millis(all, 1),
        (cpuSeconds()[0] - cpu[0]) * 1e6 / all.length,
        (cpuSeconds()[1] - cpu[1]) * 1e6 / all.length);
  }

  /** What the server and this process have used so far. */
  private static double[] cpuSeconds() {
    return new double[] {
      ProcessHandle.current().children().mapToDouble(HttpBenchmark::cpuSeconds).sum(),
      cpuSeconds(ProcessHandle.current())
    };
  }

  private static double cpuSeconds(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
  }

  /** Posts until the end, and answers how long each request took, in nanoseconds. */
  private long[] post(String path, long first, long every, long end) throws IOException {
    long[] times = new long[1 << 20];
    int count = 0;
    byte[] request = request(path);
    int idAt = indexOf(request, ID) + ID.length - DIGITS;
    byte[] answer = new byte[4096];
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      InputStream in = socket.getInputStream();
      for (long due = first; ; due += every) {
        LockSupport.parkNanos(due - System.nanoTime());
        long from = every == 0 ? System.nanoTime() : due;
        if (from >= end) {
          return Arrays.copyOf(times, count);
        }
        number(request, idAt, next.incrementAndGet());
        out.write(request);
        readAnswer(in, answer);
        times[count++] = System.nanoTime() - from;
      }
    }
  }

  private static void readAnswer(InputStream in, byte[] answer) throws IOException {
    int length = 0;
    do {
      int read = in.read(answer, length, answer.length - length);
      if (read < 0) {
        throw new IOException("the connection was closed");
      }
      length += read;
      // each answer is one small line of JSON behind the head
    } while (answer[length - 1] != '\n' || answer[length - 2] == '\r');
    String status = new String(answer, 9, 3, StandardCharsets.US_ASCII);
    if (Integer.parseInt(status) != OK) {
      throw new IOException(new String(answer, 0, length, StandardCharsets.UTF_8));
    }
  }

  private static byte[] request(String path) {
    String body =
        "{\"context\":{\"version\":\"0.4.1\",\"id\":\""
            + new String(ID, StandardCharsets.US_ASCII)
            + "\",\"source\":\"/benchmark\",\"type\":\"dev.cdevents.pipelinerun.queued.0.2.0\","
            + "\"timestamp\":\"2026-11-21T10:00:00Z\"},\"subject\":{\"id\":\"run-1\",\"source\":"
            + "\"/benchmark\",\"type\":\"pipelineRun\",\"content\":{\"pipelineName\":\"build\","
            + "\"url\":\"https://ci.example/build/1\"}},\"customData\":{\"text\":\""
            + "x".repeat(400)
            + "\"}}";
    return ("POST "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\nce-specversion: 1.0\r\nce-id: 1\r\nce-source: /benchmark\r\n"
            + "ce-type: dev.cdevents.pipelinerun.queued.0.2.0\r\n\r\n"
            + body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static void number(byte[] request, int at, long number) {
    long left = number;
    for (int digit = DIGITS - 1; digit >= 0; digit--) {
      request[at + digit] = (byte) ('0' + left % 10);
      left /= 10;
    }
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    int at = 0;
    while (!Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
      at++;
    }
    return at;
  }

  private static double millis(long[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1, sorted.length * share)] / 1e6;
  }
}
