package dev.wadi.ops;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Whether this process is ready: it runs, and everything that it needs answers.
 *
 * <p>Checks run when someone asks, side by side, each in a thread of its own and at most every two
 * seconds. A check that hangs is down; it holds up neither the answer nor the other checks, and is
 * not called again until it has come back. A vital one that is late is as it was at its last
 * answer: a machine that is slow ends no process. Thread-safe.
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

  /** What an answer of down says about this process. */
  public enum Scope {
    /** It can't go on, and only a new process can: {@code /health/live}. */
    VITAL,
    /** It can't do its part now, whatever else answers: {@code /health/ready}. */
    OWN,
    /** Something that it needs doesn't answer, which no new process would mend: {@code /health}. */
    NEEDED
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
  private final Map<Scope, List<RunningCheck>> checks = new EnumMap<>(Scope.class);
  private final ExecutorService threads;
  private volatile Phase phase = Phase.STARTING;

  public Health(Clock clock) {
    this(clock, FRESH, PATIENCE);
  }

  Health(Clock clock, Duration fresh, Duration patience) {
    this.clock = clock;
    this.fresh = fresh;
    this.patience = patience;
    for (Scope scope : Scope.values()) {
      checks.put(scope, new CopyOnWriteArrayList<>());
    }
    this.threads =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "health-check");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Adds what must answer for this process to do all that it is for. */
  public void add(String name, HealthCheck check) {
    add(Scope.NEEDED, name, check);
  }

  /** Adds a check that says so much about this process. */
  public void add(Scope scope, String name, HealthCheck check) {
    checks.get(scope).add(new RunningCheck(name, check, scope == Scope.VITAL, clock, threads));
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
    return inPhase(ask(Scope.values()));
  }

  /** The same of what is this process's own, so that no outage elsewhere makes it unready. */
  public Report own() {
    return inPhase(ask(Scope.VITAL, Scope.OWN));
  }

  /** Whether this process can go on, in whatever part of its life it is. */
  public Report vital() {
    List<Check> answers = ask(Scope.VITAL);
    return new Report(status(answers), answers);
  }

  private Report inPhase(List<Check> answers) {
    return new Report(phase == Phase.RUNNING ? status(answers) : phase.name(), answers);
  }

  /** The worst of the answers. */
  private static String status(List<Check> answers) {
    return answers.stream()
        .map(answer -> HealthCheck.State.valueOf(answer.status()))
        .max(Comparator.naturalOrder())
        .orElse(HealthCheck.State.UP)
        .name();
  }

  private List<Check> ask(Scope... scopes) {
    List<RunningCheck> asked =
        Stream.of(scopes).flatMap(scope -> checks.get(scope).stream()).toList();
    asked.forEach(check -> check.start(fresh));
    long deadline = System.nanoTime() + patience.toNanos();
    return asked.stream().map(check -> check.answer(deadline - System.nanoTime())).toList();
  }

  /** Ends the threads of the checks; waits for none. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
