package dev.wadi.ops;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Whether this process is ready: it runs, and everything that it needs answers.
 *
 * <p>Checks run when someone asks, side by side, each in a thread of its own and at most every two
 * seconds. A check that hangs is down; it holds up neither the answer nor the other checks, and is
 * not called again until it has come back. Thread-safe.
 */
public final class Health implements AutoCloseable {

  private static final Duration FRESH = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** Where the process is in its life. */
  public enum Phase {
    STARTING,
    RUNNING,
    DRAINING
  }

  /**
   * What {@code /health} says.
   *
   * @param status UP, DEGRADED, DOWN, STARTING or DRAINING; ready only when UP or DEGRADED
   */
  public record Report(String status, List<Check> checks) {
    public boolean ready() {
      return status.equals("UP") || status.equals("DEGRADED");
    }
  }

  /** One check's last answer. */
  public record Check(
      String name, String status, String detail, @JsonProperty("took_ms") long tookMillis) {}

  private final Clock clock;
  private final Duration fresh;
  private final Duration patience;
  private final List<RunningCheck> checks = new CopyOnWriteArrayList<>();
  private final ExecutorService threads;
  private volatile Phase phase = Phase.STARTING;

  public Health(Clock clock) {
    this(clock, FRESH, PATIENCE);
  }

  Health(Clock clock, Duration fresh, Duration patience) {
    this.clock = clock;
    this.fresh = fresh;
    this.patience = patience;
    this.threads =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "health-check");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Adds what must answer for this process to be ready. */
  public void add(String name, HealthCheck check) {
    checks.add(new RunningCheck(name, check, clock, threads));
  }

  /** The process has come to another part of its life. */
  public void enter(Phase next) {
    phase = next;
  }

  public Phase phase() {
    return phase;
  }

  /** Asks all checks whose last answer is old, and waits a second for them at most. */
  public Report report() {
    checks.forEach(check -> check.start(fresh));
    long deadline = System.nanoTime() + patience.toNanos();
    List<Check> answers =
        checks.stream().map(check -> check.answer(deadline - System.nanoTime())).toList();
    return new Report(phase != Phase.RUNNING ? phase.name() : worst(answers), answers);
  }

  private static String worst(List<Check> answers) {
    return answers.stream()
        .map(answer -> HealthCheck.State.valueOf(answer.status()))
        .max(Comparator.naturalOrder())
        .orElse(HealthCheck.State.UP)
        .name();
  }

  /** Ends the threads of the checks; waits for none. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
