package dev.wadi.crash.run;

import dev.wadi.crash.check.Verdict;
import dev.wadi.crash.faults.FaultProxy;
import dev.wadi.crash.load.Sent;
import dev.wadi.process.FreePort;
import dev.wadi.process.PublicApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Wadi in a process of its own, that gets its load as the pages of an API. */
final class PolledWadi extends WadiProcesses {

  /** How often an item may be brought by pages that grew: its copies are duplicates. */
  private static final int COPIES = 10_000;

  private static final int PAGE_SIZE = 5;
  private static final Duration NO_ANSWER = Duration.ofSeconds(5);
  private static final String WHOLE = "wadi_poll_sweeps_total{outcome=\"whole\"} ";

  private final PublicApi api;
  private final FaultProxy proxy;
  private final HttpClient client = HttpClient.newHttpClient();
  private final PolledFeed feed;
  private final URI server;
  private int sizeSeen = -1;
  private double sweepsSeen;

  private PolledWadi(Arena arena, PublicApi api, FaultProxy proxy, Map<String, String> settings) {
    super(arena, settings);
    this.api = api;
    this.proxy = proxy;
    server = URI.create("http://127.0.0.1:" + settings.get("wadi.http.port"));
    feed =
        new PolledFeed(
            arena,
            api,
            settings.get("wadi.poll.bucket"),
            settings.get("wadi.intake.queue"),
            settings.get("wadi.intake.drops.queue"));
  }

  static PolledWadi of(Arena arena, Random random) {
    String scheme = List.of("page", "offset", "cursor").get(random.nextInt(3));
    boolean keepsCursor = scheme.equals("cursor") && random.nextBoolean();
    PublicApi api = new PublicApi(PAGE_SIZE);
    api.setConditional(random.nextInt(4) > 0);
    FaultProxy proxy = new FaultProxy(api.url("/"));
    Map<String, String> settings = new HashMap<>();
    settings.put("wadi.intake.queue", arena.another("unpolled"));
    settings.put("wadi.intake.drops.queue", arena.another("drops"));
    settings.put("wadi.poll.url", proxy.endpoint() + "/" + scheme);
    settings.put("wadi.poll.paging", scheme);
    settings.put("wadi.poll.items", "/items");
    settings.put("wadi.poll.cursor", scheme.equals("cursor") ? "/next" : "");
    settings.put("wadi.poll.keep-cursor", Boolean.toString(keepsCursor));
    settings.put("wadi.poll.bucket", "raw-" + arena.bucket());
    settings.put("wadi.poll.interval", "300ms");
    settings.put("wadi.poll.tick", "10ms");
    settings.put("wadi.poll.requests-per-second", "max");
    settings.put("wadi.poll.retry-delay", "50ms");
    settings.put("wadi.poll.retry-attempts", "3");
    settings.put("wadi.http.port", Integer.toString(FreePort.find()));
    return new PolledWadi(arena, api, proxy, settings);
  }

  PublicApi api() {
    return api;
  }

  /** Before the API. */
  FaultProxy proxy() {
    return proxy;
  }

  /** Until a sweep that began behind the last item has come to its end, and all is told of. */
  @Override
  public boolean holdsMore() {
    double sweeps = sweeps();
    if (sweeps < 0) {
      // what it says next is compared with nothing from before
      sizeSeen = -1;
      return true;
    }
    if (api.size() != sizeSeen || sweeps < sweepsSeen) {
      sizeSeen = api.size();
      sweepsSeen = sweeps;
      return true;
    }
    // the one under way then, and the next
    return sweeps < sweepsSeen + 2 || feed.tell() > 0;
  }

  private double sweeps() {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("/metrics")).timeout(NO_ANSWER).build();
    try {
      return client
          .send(request, HttpResponse.BodyHandlers.ofString())
          .body()
          .lines()
          .filter(line -> line.startsWith(WHOLE))
          .mapToDouble(line -> Double.parseDouble(line.substring(WHOLE.length())))
          .sum();
    } catch (IOException e) {
      // it has not come up again
      return -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  @Override
  public Verdict check(Path copy, Sent sent) throws Exception {
    return super.check(copy, sent.broughtAgain(COPIES));
  }

  @Override
  public void close() throws IOException {
    try {
      super.close();
    } finally {
      feed.close();
      proxy.close();
      api.close();
    }
  }
}
