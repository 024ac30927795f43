package dev.wadi.intake.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wadi.intake.DispatchSettings;
import dev.wadi.intake.IsolationRules;
import dev.wadi.intake.ParkingRoute;
import dev.wadi.intake.ParkingRoute.Parked;
import dev.wadi.intake.ReleasedClaims;
import dev.wadi.intake.SourceParts;
import dev.wadi.ops.Backoff;
import dev.wadi.ops.Metrics;
import dev.wadi.ops.Metrics.Term;
import dev.wadi.ops.SourceStatus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The way of frames to a route and back, also over a restart. */
@Tag("unit")
@Timeout(60)
class LogSourceTest {

  private static final String SOURCE = "http:events";

  @TempDir Path folder;

  private final ParkingRoute route = new ParkingRoute();
  private final Set<String> committed = ConcurrentHashMap.newKeySet();
  private final AtomicInteger failures = new AtomicInteger();
  private Clock clock = Clock.systemUTC();
  private Metrics metrics;
  private IntakeLog log;
  private LogSource source;

  @AfterEach
  void close() {
    stop();
  }

  @Test
  void keepsAFrameUntilACommitAccountsForIt() throws Exception {
    start();
    LogFixture.append(log, "a", "b");
    Parked batch = route.next();
    assertThat(batch.bodies()).containsExactly("a", "b");
    assertThat(batch.batch().deliveries()).hasSize(1);
    assertThat(batch.batch().records().get(1).position())
        .isEqualTo(batch.batch().deliveries().get(0) + "#1");
    assertThat(log.waiting()).isPositive();

    batch.commit();

    await().until(() -> log.waiting() == 0);
  }

  @Test
  void handsOverAfterARestartWhatNoCommitAccountsFor() throws Exception {
    start();
    LogFixture.append(log, "a");
    Parked first = route.next();
    LogFixture.append(log, "b");
    Parked second = route.next();
    committed.addAll(first.batch().deliveries());
    // the commit stands, and the process dies before the log is told
    List<String> ids = second.batch().deliveries();
    stop();

    start();
    Parked again = route.next();
    assertThat(again.bodies()).containsExactly("b");
    assertThat(again.batch().deliveries()).isEqualTo(ids);
    assertThat(metrics.total(Term.REDELIVERED, SOURCE)).isEqualTo(1);
    assertThat(metrics.total(Term.RECEIVED, SOURCE)).isEqualTo(1);
    again.commit();
    await().until(() -> log.waiting() == 0);
    assertThat(log.bytes()).isZero();
  }

  /** It asked a log that was closed again and again, without a pause. */
  @Test
  void endsReadingWhenItsLogIsClosed() throws Exception {
    start();
    log.close();

    CompletableFuture.runAsync(source).get(30, TimeUnit.SECONDS);
  }

  @Test
  void handsOverAgainWhatItWasPausedOver() throws Exception {
    start();
    source.pause();
    LogFixture.append(log, "a");
    source.resume();
    assertThat(route.next().bodies()).containsExactly("a");
  }

  @Test
  void leadsWhatIsNoEventPastThePipeline() throws Exception {
    start();
    dev.wadi.event.Isolation why = new dev.wadi.event.Isolation(Read.REASON, "id is missing");
    LogFixture.await(log, List.of(new Entry("{}".getBytes(), why)));
    Parked batch = route.next();
    assertThat(batch.batch().isIsolated()).isTrue();
    assertThat(batch.batch().isolation()).isEqualTo(why);
  }

  @Test
  void landsAFrameWhoseReadingEndedInAnError() throws Exception {
    failures.set(1);
    clock = new ExhaustedClock(failures);
    start();
    LogFixture.append(log, "a");
    LogFixture.append(log, "b");
    List<String> landed = new ArrayList<>();
    while (landed.size() < 2) {
      Parked batch = route.next();
      landed.addAll(batch.bodies());
      batch.commit();
    }
    assertThat(landed).containsExactlyInAnyOrder("a", "b");
    await().until(() -> log.waiting() == 0);
    assertThat(log.trouble()).isEmpty();
    assertThat(failures).hasValue(0);
  }

  @Test
  void landsAFrameOfAnEarlierProcessThatCouldNotBeLookedUp() throws Exception {
    start();
    LogFixture.append(log, "a");
    route.next();
    stop();
    failures.set(2);
    start();
    Parked batch = route.next();
    assertThat(batch.bodies()).containsExactly("a");
    assertThat(failures).hasValue(0);
    batch.commit();
    await().until(() -> log.waiting() == 0);
  }

  @Test
  void saysThatNobodyReadsTheLog() throws Exception {
    start();
    assertThat(log.trouble()).isEmpty();
    log.reader().close();
    assertThat(log.trouble()).hasValueSatisfying(why -> assertThat(why).contains("nobody reads"));
  }

  /** Has no memory for so many times. */
  private static final class ExhaustedClock extends Clock {

    private final AtomicInteger failures;

    ExhaustedClock(AtomicInteger failures) {
      this.failures = failures;
    }

    @Override
    public Instant instant() {
      exhaust(failures);
      return Instant.now();
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private static void exhaust(AtomicInteger failures) {
    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new OutOfMemoryError("a test");
    }
  }

  private boolean isCommitted(String name, String delivery) {
    exhaust(failures);
    return committed.contains(delivery);
  }

  private void start() {
    metrics = new Metrics(new SimpleMeterRegistry(), Clock.systemUTC());
    log = LogFixture.open(folder);
    SourceParts parts =
        new SourceParts(
            route,
            this::isCommitted,
            new ReleasedClaims(),
            metrics,
            new SourceStatus(SOURCE, Clock.systemUTC()),
            new AtomicLong()::incrementAndGet,
            clock);
    DispatchSettings settings =
        new DispatchSettings(SOURCE, 100, Duration.ofMillis(10), 1, 8, 1 << 20, 3, Duration.ZERO);
    Backoff pauses = new Backoff(Duration.ofMillis(10), Duration.ofMillis(10));
    source = new LogSource(log, settings, new IsolationRules(3, 5, 10), parts, pauses);
    source.start();
  }

  private void stop() {
    source.stop();
    log.close();
  }
}
