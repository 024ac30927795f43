package dev.wadi.land;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wadi.event.Claims;
import dev.wadi.event.SharedClaims;
import dev.wadi.ops.Backoff;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class LandConsumerTest {

  @TempDir Path folder;
  private final MemoryStore store = new MemoryStore();
  private final AtomicInteger refused = new AtomicInteger();

  @Test
  void stopsThoughItIsNotKnownWhichMarkerStands() throws Exception {
    store.refuses = call -> call.startsWith("put _wadi/commits/") && refused.incrementAndGet() > 0;
    Claims claims = Batches.claims(folder.resolve("ledger"));
    Landing landing = landing(claims);
    DefaultCamelContext camel = new DefaultCamelContext();
    camel.getShutdownStrategy().setTimeout(20);
    camel.addComponent("wadi-land", new LandComponent(landing));
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("wadi-land:commits")
                .process(
                    exchange -> {
                      Commit commit = exchange.getMessage().getBody(Commit.class);
                      commit.objects().forEach(object -> landing.published(commit, object));
                    })
                .process(new CommitStep(landing));
          }
        });
    camel.start();
    CompletableFuture<Void> landed = landing.stage(Batches.candidates(claims, "sqs:events", "a"));
    await().until(() -> refused.get() > 2);

    long began = System.nanoTime();
    CompletableFuture.runAsync(camel::stop).get(60, TimeUnit.SECONDS);

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
    await()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .doesNotContain("wadi-land"));
    assertThat(landed).as("undecided, so held").isNotDone();
  }

  private Landing landing(Claims claims) {
    Clock clock = Clock.fixed(Batches.NOW, ZoneOffset.UTC);
    CommitLog log = new CommitLog(store);
    return new Landing(
        new Landing.Cut(1_000, 1L << 30, Duration.ZERO, Duration.ZERO),
        new Landing.Parts(
            Batches.stager(folder.resolve("staging"), store),
            log,
            new Settlement(store, log, "test/1/now", clock),
            claims,
            SharedClaims.NONE,
            new Batches.NoLines(),
            (commit, deliveries) -> {},
            new CommitIds(clock, new Random(1), null),
            Batches.tenure(store, "test/1/now", clock),
            clock,
            new Backoff(Duration.ofMillis(20), Duration.ofMillis(50)),
            LandingTest.listening(() -> {})));
  }
}
