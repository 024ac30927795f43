package dev.wadi.intake.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wadi.event.Batch;
import dev.wadi.event.Isolation;
import dev.wadi.event.SetupException;
import dev.wadi.event.SourceRecord;
import dev.wadi.intake.DispatchSettings;
import dev.wadi.intake.IsolationRules;
import dev.wadi.intake.ParkingRoute;
import dev.wadi.intake.ParkingRoute.Parked;
import dev.wadi.intake.ReleasedClaims;
import dev.wadi.intake.SourceParts;
import dev.wadi.ops.Backoff;
import dev.wadi.ops.Metrics;
import dev.wadi.ops.SourceStatus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Frames that were under way when the process died, again and again. */
@Tag("unit")
@Timeout(60)
class UncleanEndsTest {

  private static final String SOURCE = "http:events";

  /** Alone from the second reading on, and given up after the fourth. */
  private static final IsolationRules RULES = new IsolationRules(3, 2, 4);

  /** One process; that it dies is only that nobody looks at it again. */
  private record Life(IntakeLog log, LogSource source, ParkingRoute route) {}

  @TempDir Path folder;

  private final Set<String> committed = ConcurrentHashMap.newKeySet();
  private final List<Life> lives = new ArrayList<>();

  @AfterEach
  void close() {
    for (Life life : lives) {
      life.log().close();
    }
  }

  @Test
  void findsTheFrameThatEndsTheProcessAndMakesDeadLettersOfIt() throws Exception {
    Life first = live();
    LogFixture.append(first.log(), "good");
    LogFixture.append(first.log(), "bad", "beside it");
    LogFixture.append(first.log(), "good too");
    assertThat(attempts(first.route().next())).isEqualTo(1);

    Life second = live();
    Parked alone = second.route().next();
    assertThat(alone.bodies()).containsExactly("good");
    assertThat(alone.batch().isAlone()).isTrue();
    assertThat(attempts(alone)).isEqualTo(2);
    commit(alone);
    assertThat(second.route().next().bodies()).containsExactly("bad", "beside it");

    // one more has come meanwhile, and is no more suspect than the others
    LogFixture.append(second.log(), "new");
    for (int attempts = 3; attempts <= 4; attempts++) {
      Parked again = live().route().next();
      assertThat(again.bodies()).containsExactly("bad", "beside it");
      assertThat(again.batch().isAlone()).isTrue();
      assertThat(attempts(again)).isEqualTo(attempts);
    }

    Life last = live();
    List<String> others = new ArrayList<>();
    for (int batches = 0; batches < 3; batches++) {
      Parked batch = last.route().next();
      if (batch.batch().isIsolated()) {
        assertThat(batch.bodies()).containsExactly("bad", "beside it");
        assertThat(batch.batch().isolation()).isEqualTo(Isolation.RECEIVED);
        assertThat(attempts(batch)).isEqualTo(5);
      } else {
        assertThat(batch.batch().isAlone()).isTrue();
        others.addAll(batch.bodies());
      }
      commit(batch);
    }
    assertThat(others).containsExactly("good too", "new");
    await().until(() -> last.log().waiting() == 0);
    assertThat(last.log().ends().attempts()).as("all has landed").isEqualTo(1);
  }

  @Test
  void chargesNoFrameWithADeathThatItSurvived() throws Exception {
    LogFixture.append(live().log(), "a");
    for (int deaths = 0; deaths < 6; deaths++) {
      Life life = live();
      Parked batch = life.route().next();
      assertThat(batch.batch().isIsolated()).isFalse();
      life.source().pause();
      batch.failByOutage();
    }
  }

  @Test
  void forgetsWhatWasAfterACleanClose() throws Exception {
    LogFixture.append(live().log(), "a");
    live().route().next();
    Life closed = live();
    closed.route().next();
    assertThat(closed.log().ends().attempts()).isEqualTo(3);
    closed.log().close();
    assertThat(live().log().ends().attempts()).isEqualTo(1);
  }

  @Test
  void countsNoEndThatLeftNothing() throws Exception {
    live();
    live();
    assertThat(live().log().ends().attempts()).isEqualTo(1);
  }

  @Test
  void saysWhatToDoWithADamagedFile() throws Exception {
    LogFixture.append(live().log(), "a");
    Files.writeString(folder.resolve("unclean-ends"), "ends many\n");
    assertThatThrownBy(this::live)
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("is damaged: delete it");
  }

  @Test
  void startsThoughNothingCanBeNoted() throws Exception {
    // where the file is written first there is a folder
    Files.createDirectories(folder.resolve("unclean-ends.new"));
    Life life = live();
    LogFixture.append(life.log(), "a");
    Parked batch = life.route().next();
    assertThat(batch.bodies()).containsExactly("a");
    commit(batch);
    await().until(() -> life.log().waiting() == 0);
  }

  @Test
  void chargesNoFrameOfABatchOfSeveral() throws Exception {
    try (IntakeLog log = LogFixture.open(folder)) {
      SourceRecord record = new SourceRecord(SOURCE, "one#0", new byte[0], Instant.EPOCH, 5);
      UncleanEnds ends = log.ends();
      NotedRoute noted = new NotedRoute(new ParkingRoute(), ends, new IsolationRules(3, 1, 4));
      for (List<String> ids : List.of(List.of("one"), List.of("one", "two"))) {
        Batch batch = new Batch(SOURCE, 1, List.of(record), ids);
        batch.travelAlone();
        Path file = folder.resolve("unclean-ends");
        noted.process(batch, failure -> {});
        assertThat(Files.readString(file).contains("underway one")).isEqualTo(ids.size() == 1);
        ends.ended("one");
      }
    }
  }

  private void commit(Parked parked) {
    committed.addAll(parked.batch().deliveries());
    parked.commit();
  }

  private static int attempts(Parked parked) {
    return parked.batch().records().get(0).attempts();
  }

  private Life live() {
    IntakeLog log = LogFixture.open(folder);
    ParkingRoute route = new ParkingRoute();
    SourceParts parts =
        new SourceParts(
            route,
            (name, delivery) -> committed.contains(delivery),
            new ReleasedClaims(),
            new Metrics(new SimpleMeterRegistry(), Clock.systemUTC()),
            new SourceStatus(SOURCE, Clock.systemUTC()),
            new AtomicLong()::incrementAndGet,
            Clock.systemUTC());
    DispatchSettings settings =
        new DispatchSettings(SOURCE, 100, Duration.ofMillis(10), 1, 8, 1 << 20, 3, Duration.ZERO);
    Backoff pauses = new Backoff(Duration.ofMillis(10), Duration.ofMillis(10));
    LogSource source = new LogSource(log, settings, RULES, parts, pauses);
    source.start();
    Life life = new Life(log, source, route);
    lives.add(life);
    return life;
  }
}
