package dev.wadi.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.check.Finding;
import dev.wadi.event.SetupException;
import dev.wadi.ops.HealthCheck.State;
import dev.wadi.ops.Metrics;
import dev.wadi.reload.RouteChanges.Ending;
import dev.wadi.reload.RouteChanges.Outcome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is made of one look after the other, without Camel. */
@Tag("unit")
class RouteWatchTest {

  private static final Duration DRAIN = Duration.ofSeconds(10);
  private static final Path FILE = Path.of("/routes/mine.yaml");

  private final Metrics metrics = new Metrics(new SimpleMeterRegistry(), Clock.systemUTC());
  private final Folder folder = new Folder();
  private final Changes changes = new Changes();
  private final Time time = new Time();
  private final RouteWatch watch =
      new RouteWatch(
          folder, folder.read(), changes, Set.of(), new RouteCounters(metrics), DRAIN, time);

  @Test
  void takesAChangeThatTwoLooksHaveSeenTheSame() {
    folder.says("1", "2 half");
    look();
    folder.says("2 whole");
    look();
    assertThat(changes.made).isEmpty();
    assertThat(metrics.registry().get("wadi.routes.outdated").gauge().value()).isEqualTo(1);
    look();
    assertThat(changes.made).hasSize(1);
    assertThat(changes.made.get(0).to().texts()).containsValue(text("2 whole"));
    assertThat(watch.health().state()).isEqualTo(State.UP);
    assertThat(metrics.registry().get("wadi.routes.outdated").gauge().value()).isZero();
    look();
    assertThat(changes.made).as("once").hasSize(1);
  }

  @Test
  void refusesWhatTheCheckFindsWrongOnceAndWholly() {
    folder.findings.add(
        new Finding(Finding.Severity.ERROR, "/routes/mine.yaml", 7, "no such bean: name another"));
    folder.says("wrong");
    look();
    look();
    look();
    assertThat(changes.made).isEmpty();
    assertThat(refused("check")).isEqualTo(1);
    assertThat(watch.health().state()).isEqualTo(State.DEGRADED);
    assertThat(watch.health().detail()).contains("/routes/mine.yaml:7: no such bean");
  }

  @Test
  void isWellAgainWhenAChangeIsTakenBack() {
    folder.unreadable = "is no folder";
    look();
    look();
    assertThat(refused("check")).as("told once").isEqualTo(1);
    assertThat(watch.health().state()).isEqualTo(State.DEGRADED);
    folder.unreadable = null;
    look();
    assertThat(watch.health().state()).isEqualTo(State.UP);
    assertThat(changes.made).isEmpty();
  }

  @Test
  void triesAChangeAgainThatCouldNotDrainAfterIntakeHasRunForLonger() {
    changes.next.add(new Outcome(Ending.UNDRAINED, DRAIN, new IllegalStateException("2 batches")));
    folder.says("2");
    look();
    look();
    assertThat(changes.made).hasSize(1);
    assertThat(watch.health().detail()).contains("2 batches").contains("tried again");
    time.now = time.now.plus(DRAIN.multipliedBy(4).minusMillis(1));
    look();
    assertThat(changes.made).hasSize(1);
    time.now = time.now.plusMillis(1);
    look();
    assertThat(changes.made).hasSize(2);
    assertThat(watch.health().state()).isEqualTo(State.UP);
    assertThat(refused("drain")).isEqualTo(1);
  }

  @Test
  void leavesAChangeThatWouldNotStartUntilAFileChanges() {
    changes.next.add(new Outcome(Ending.RESTORED, DRAIN, new IllegalStateException("no queue")));
    folder.says("2");
    look();
    look();
    time.now = time.now.plus(Duration.ofDays(1));
    look();
    assertThat(changes.made).hasSize(1);
    assertThat(watch.health().state()).isEqualTo(State.DEGRADED);
    folder.says("3");
    look();
    look();
    assertThat(changes.made).hasSize(2);
    assertThat(changes.made.get(1).from().texts()).containsValue(text("1"));
  }

  @Test
  void isDownUntilTheOldRoutesStartAgain() {
    changes.next.add(new Outcome(Ending.BROKEN, null, new IllegalStateException("no queue")));
    changes.restorations.add(new IllegalStateException("still no queue"));
    folder.says("2");
    look();
    look();
    assertThat(watch.health().state()).isEqualTo(State.DOWN);
    assertThat(watch.health().detail()).contains("nothing is taken in").contains("no queue");
    look();
    assertThat(watch.health().state()).isEqualTo(State.DOWN);
    look();
    assertThat(watch.health().state()).isEqualTo(State.DEGRADED);
    assertThat(changes.restorations).isEmpty();
  }

  @Test
  void isDownUntilTheOldRoutesStartThoughTheChangeIsTakenBack() {
    breakWith("2");
    changes.restorations.add(new IllegalStateException("still no queue"));
    changes.restorations.add(new IllegalStateException("still no queue"));
    folder.says("1");
    look();
    look();
    assertThat(changes.made).as("nothing differs, and nothing runs").hasSize(1);
    assertThat(watch.health().state()).isEqualTo(State.DOWN);
    look();
    assertThat(watch.health().state()).isEqualTo(State.UP);
    assertThat(changes.made).hasSize(1);
  }

  @Test
  void bringsAllRoutesOfWhatBrokeWithAnotherChange() {
    breakWith("2");
    changes.restorations.add(new IllegalStateException("still no queue"));
    changes.restorations.add(new IllegalStateException("still no queue"));
    folder.saysText(text("1") + text("1").replace("id: a", "id: other"));
    look();
    look();
    assertThat(changes.made).hasSize(2);
    assertThat(changes.made.get(1).removed()).contains("a");
    assertThat(changes.made.get(1).addedIds()).containsExactlyInAnyOrder("a", "other");
    assertThat(watch.health().state()).isEqualTo(State.UP);
  }

  @Test
  void triesTheOldRoutesOnWhileAnotherChangeIsRefused() {
    breakWith("2");
    for (int looks = 0; looks < 4; looks++) {
      changes.restorations.add(new IllegalStateException("still no queue"));
    }
    changes.next.add(new Outcome(Ending.UNDRAINED, DRAIN, new IllegalStateException("c hangs")));
    folder.says("3");
    look();
    look();
    assertThat(changes.made).hasSize(2);
    assertThat(watch.health().state()).isEqualTo(State.DOWN);
    folder.says("no routes at all");
    look();
    look();
    assertThat(watch.health().state()).isEqualTo(State.DOWN);
    assertThat(changes.restorations).as("a look at each").isEmpty();
    // what is refused has not stopped the next one from being looked at
    folder.says("4");
    changes.restorations.add(new IllegalStateException("still no queue"));
    changes.restorations.add(new IllegalStateException("still no queue"));
    look();
    look();
    assertThat(changes.made).hasSize(3);
    assertThat(watch.health().state()).isEqualTo(State.UP);
  }

  @Test
  void holdsAChangeForBrokenThatEndsInAnError() {
    changes.error = new NoClassDefFoundError("of a step");
    folder.says("2");
    look();
    look();
    assertThat(watch.health().state()).isEqualTo(State.DOWN);
    changes.error = null;
    look();
    assertThat(watch.health().state()).isEqualTo(State.DEGRADED);
  }

  @Test
  void tellsOfFilesThatCanNotBeJudged() {
    folder.error = new NoClassDefFoundError("of a bean");
    folder.says("2");
    look();
    look();
    look();
    assertThat(changes.made).isEmpty();
    assertThat(refused("check")).as("once").isEqualTo(1);
    assertThat(watch.health().detail()).contains("of a bean");
  }

  @Test
  void judgesWhatCouldNotDrainOnce() {
    changes.next.add(new Outcome(Ending.UNDRAINED, DRAIN, new IllegalStateException("2 batches")));
    folder.says("2");
    look();
    look();
    assertThat(folder.checks).isEqualTo(1);
    time.now = time.now.plus(DRAIN.multipliedBy(4));
    look();
    assertThat(changes.made).hasSize(2);
    assertThat(folder.checks).as("a check makes beans of the files").isEqualTo(1);
  }

  @Test
  void saysWhyTheFilesAreRefusedWhenTheyCanBeReadAgain() {
    folder.findings.add(
        new Finding(Finding.Severity.ERROR, "/routes/mine.yaml", 7, "no such bean"));
    folder.says("wrong");
    look();
    look();
    folder.unreadable = "is no folder";
    look();
    assertThat(watch.health().detail()).contains("is no folder");
    folder.unreadable = null;
    look();
    assertThat(watch.health().detail()).contains("no such bean");
    assertThat(refused("check")).isEqualTo(2);
  }

  private void breakWith(String version) {
    changes.next.add(new Outcome(Ending.BROKEN, null, new IllegalStateException("no queue")));
    folder.says(version);
    look();
    look();
    assertThat(watch.health().state()).isEqualTo(State.DOWN);
  }

  private void look() {
    watch.look(() -> false);
  }

  private double refused(String reason) {
    return metrics.registry().get("wadi.routes.refused").tag("reason", reason).counter().count();
  }

  private static String text(String version) {
    return version.startsWith("- ") ? version : text(version, "a");
  }

  private static String text(String version, String id) {
    return "- route:\n    id: " + id + "\n    from: {uri: 'timer:" + version + "'}\n";
  }

  private static final class Folder implements RouteFolder {
    private final Deque<String> versions = new ArrayDeque<>(List.of("1"));
    private final List<Finding> findings = new ArrayList<>();
    private String unreadable;
    private Error error;
    private int checks;

    /** The versions that the next looks see; the last one stays. */
    void says(String... next) {
      versions.clear();
      versions.addAll(List.of(next));
      if (next.length > 1) {
        versions.removeFirst();
      }
    }

    void saysText(String text) {
      says(text);
    }

    @Override
    public Map<Path, String> read() {
      if (unreadable != null) {
        throw new SetupException(unreadable);
      }
      return Map.of(FILE, text(versions.size() > 1 ? versions.removeFirst() : versions.peek()));
    }

    @Override
    public RouteSet routes(Map<Path, String> texts) {
      if (error != null) {
        throw error;
      }
      if (texts.values().stream().anyMatch(text -> text.contains("no routes at all"))) {
        throw new SetupException("is no list of routes");
      }
      RouteSet routes = new RouteSet();
      texts.forEach((file, text) -> routes.users("file:" + file, text));
      return routes;
    }

    @Override
    public List<Finding> check(RouteSet routes) {
      checks++;
      return findings;
    }

    @Override
    public String explain(Throwable failure, Map<Path, String> texts) {
      // where a route stands is said by the routes of the texts
      routes(texts);
      return failure.getMessage();
    }
  }

  private static final class Changes implements RouteChanges {
    private final List<Plan> made = new ArrayList<>();
    private final Deque<Outcome> next = new ArrayDeque<>();
    private final Deque<Exception> restorations = new ArrayDeque<>();
    private Error error;

    @Override
    public Outcome make(Plan plan, Duration atMost, BooleanSupplier givenUp) {
      made.add(plan);
      if (error != null) {
        throw error;
      }
      return next.isEmpty() ? new Outcome(Ending.CHANGED, Duration.ZERO, null) : next.remove();
    }

    @Override
    public Throwable restore(Plan plan, Duration atMost, BooleanSupplier givenUp) {
      return restorations.poll();
    }

    @Override
    public boolean isChanging(String route) {
      return false;
    }
  }

  private static final class Time extends Clock {
    private Instant now = Instant.parse("2026-11-22T02:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
