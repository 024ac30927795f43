package dev.wadi.reload;

import dev.wadi.intake.IntakeGate;
import dev.wadi.ops.Health;
import dev.wadi.ops.Metrics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes a running context's routes as the files in a folder change, on a thread of its own.
 * Started once, closed once.
 */
public final class Reload implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

  private final RouteWatch watch;
  private final Duration period;
  private final Duration drain;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread looking = new Thread(work, "wadi-routes");
            looking.setDaemon(true);
            return looking;
          });
  private volatile boolean stopping;

  /**
   * How often and how long.
   *
   * @param period from one look to the next
   * @param drain how long what is under way may take to land before a change
   */
  public record Times(Duration period, Duration drain) {}

  /**
   * Prepares to look.
   *
   * @param texts what the files said when the routes were loaded that run
   * @param reserved names of beans that no file may declare: Wadi's own
   * @param hurry told to land at once what waits for its commit, and when that is over
   */
  public Reload(
      RouteFolder folder,
      Map<Path, String> texts,
      CamelContext camel,
      Set<String> reserved,
      Consumer<Boolean> hurry,
      Metrics metrics,
      Times times,
      Clock clock) {
    this.period = times.period();
    this.drain = times.drain();
    IntakeGate gate = camel.getRegistry().findSingleByType(IntakeGate.class);
    // not in one expression: Camel would take it for a supplier of the bean
    BooleanSupplier changing = gate::isHeld;
    camel.getRegistry().bind("wadi-routes-changing", BooleanSupplier.class, changing);
    watch =
        new RouteWatch(
            folder,
            texts,
            new RouteSwap(camel, gate, hurry),
            reserved,
            new RouteCounters(metrics),
            drain,
            clock);
  }

  /** Begins to look, and tells health of it. */
  public void start(Health health) {
    health.add("route files", watch::health);
    thread.scheduleWithFixedDelay(
        this::look, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      watch.look(() -> stopping);
    } catch (RuntimeException | Error e) {
      // an error too: without the next look no change would ever take effect, and nobody be told
      LOG.error("a look at the folder of routes failed", e);
    }
  }

  /** Ends looking: a change that is being made is given up or comes to its end first. */
  @Override
  public void close() {
    stopping = true;
    thread.shutdown();
    try {
      if (!thread.awaitTermination(drain.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("a change of routes does not end, and is left as it is");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
