package dev.wadi.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.wadi.ops.Health;
import dev.wadi.ops.Health.Scope;
import dev.wadi.ops.Metrics;
import dev.wadi.ops.Progress;
import dev.wadi.ops.RecentCommits;
import dev.wadi.ops.SourceStatus;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;

/**
 * Everything that the {@code http-*} routes serve. To be bound before Camel Main is initialized, so
 * that it finds what counts the routes' exchanges.
 */
public final class Dashboard {

  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final JsonMapper JSON = new JsonMapper();

  private final PrometheusMeterRegistry registry;
  private final Health health;
  private final RouteCounts routeCounts;
  private final StatusReader status;
  private final Page page = new Page();

  /**
   * @param profile the profile's name, shown on the page
   * @param registry the registry of {@code metrics}
   * @param health gets checks of threads, routes and sources; others are the caller's to add
   * @param camel gives the context that runs the routes, once it is there: {@code
   *     main::getCamelContext}
   */
  public Dashboard(
      String profile,
      PrometheusMeterRegistry registry,
      Metrics metrics,
      Progress progress,
      RecentCommits commits,
      Health health,
      Supplier<CamelContext> camel,
      Clock clock) {
    this.registry = registry;
    this.health = health;
    this.routeCounts = new RouteCounts(metrics);
    this.status =
        new StatusReader(profile, metrics, progress, commits, health, routeCounts, camel, clock);
    health.add(Scope.VITAL, "threads", new ThreadsCheck());
    health.add(Scope.OWN, "routes", new RoutesCheck(camel));
    health.add(
        "sources",
        new SourcesCheck(() -> camel.get().getRegistry().findByType(SourceStatus.class)));
  }

  /** Gives Camel's registry the beans that the routes name, such as {@code main::bind}. */
  public void bind(BiConsumer<String, Object> camelRegistry) {
    camelRegistry.accept("wadi-route-counts", routeCounts);
    camelRegistry.accept("wadi-http-page", new ReplyStep(page::reply));
    camelRegistry.accept("wadi-http-health", new ReplyStep(path -> health(health.report())));
    camelRegistry.accept("wadi-http-ready", new ReplyStep(path -> health(health.own())));
    camelRegistry.accept("wadi-http-live", new ReplyStep(path -> health(health.vital())));
    camelRegistry.accept("wadi-http-metrics", new ReplyStep(path -> metrics()));
    camelRegistry.accept("wadi-http-status", new ReplyStep(path -> json(200, status.read())));
  }

  private static Reply health(Health.Report report) {
    return json(report.ready() ? 200 : 503, report);
  }

  private Reply metrics() {
    return Reply.ok(PROMETHEUS_TEXT, registry.scrape());
  }

  private static Reply json(int status, Object value) {
    try {
      return new Reply(status, Reply.JSON, JSON.writeValueAsString(value) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("can't write " + value.getClass(), e);
    }
  }
}
