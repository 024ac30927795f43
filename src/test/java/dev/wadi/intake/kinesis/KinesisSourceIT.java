package dev.wadi.intake.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wadi.event.Batch;
import dev.wadi.event.SetupException;
import dev.wadi.intake.kinesis.LandingInMemory.Landed;
import dev.wadi.intake.kinesis.TestStream.Event;
import dev.wadi.ops.Metrics.Term;
import dev.wadi.process.MotoServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.support.service.ServiceHelper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Streams of moto_server, read by several processes' worth of sources. */
@Tag("integration")
class KinesisSourceIT {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Predicate<Batch> NEVER = batch -> false;
  private static final int KEYS = 40;
  private static final Pattern EVENT = Pattern.compile("\"key\":\"(\\w+)\",\"n\":(\\d+)");

  private static MotoServer server;
  private static StreamClients clients;

  private final LinesInMemory lines = new LinesInMemory();
  private final CopyOnWriteArrayList<Landed> lake = new CopyOnWriteArrayList<>();
  private final List<StreamReader> readers = new ArrayList<>();
  private final List<Event> sent = new ArrayList<>();
  private TestStream stream;

  @BeforeAll
  static void serve() throws Exception {
    server = MotoServer.start();
    clients = TestStream.clients(server.endpoint());
  }

  @AfterAll
  static void end() {
    clients.close();
    server.close();
  }

  @AfterEach
  void stop() throws IOException {
    for (StreamReader reader : readers) {
      reader.close();
    }
  }

  @Test
  void landsEachRecordOnceWhileProcessesAreKilledAndJoin() throws Exception {
    stream = new TestStream(clients.sending(), 4);
    StreamReader first = read(NEVER);
    StreamReader second = read(NEVER);
    send(5);
    awaitSharing(() -> shards(first) > 0 && shards(second) > 0);
    awaitAll();

    send(5);
    await().atMost(PATIENCE).until(() -> lake.size() > sent.size() - KEYS * 4);
    second.kill();
    send(5);
    awaitAll();
    StreamReader third = read(NEVER);
    awaitSharing(() -> shards(third) > 0);
    send(5);
    awaitAll();
    assertEachOnce();
  }

  @Test
  void landsNothingTwiceOfAProcessThatWakesUpWhenOthersHaveReadOn() throws Exception {
    stream = new TestStream(clients.sending(), 2);
    StreamReader first = read(NEVER);
    StreamReader second = read(NEVER);
    send(5);
    awaitSharing(() -> shards(first) == 1 && shards(second) == 1);
    awaitAll();
    second.freeze();
    send(1);
    await().atMost(PATIENCE).until(() -> shards(first) == 2);
    send(5);
    awaitAll();

    second.thaw();
    send(5);
    awaitAll();
    await().atMost(PATIENCE).until(() -> second.metrics.inFlight() == 0);
    assertEachOnce();
  }

  @Test
  void landsEachRecordOnceWhileShardsAreSplitAndMerged() throws Exception {
    stream = new TestStream(clients.sending(), 2);
    StreamReader first = read(NEVER);
    StreamReader second = read(NEVER);
    send(10);
    await().atMost(PATIENCE).until(() -> shards(first) + shards(second) == 2);
    stream.split(stream.open().get(0));
    send(10);
    await().atMost(PATIENCE).until(() -> shards(first) + shards(second) == 3);
    stream.merge(stream.open().get(1), stream.open().get(2));
    send(10);
    await().atMost(PATIENCE).until(() -> shards(first) + shards(second) == 2);
    awaitAll();

    assertEachOnce();
  }

  @Test
  void landsAllThatBatchesHeldWhichFailedAndWhatWasAggregated() throws Exception {
    stream = new TestStream(clients.sending(), 1);
    AtomicInteger batches = new AtomicInteger();
    StreamReader reader = read(batch -> batches.incrementAndGet() % 3 == 0);
    send(2);
    for (int n = 0; n < 30; n += 3) {
      List<Event> packed = List.of(new Event("p", n), new Event("p", n + 1), new Event("p", n + 2));
      stream.send("p", Aggregates.of(packed.stream().map(Event::json).toArray(String[]::new)));
      sent.addAll(packed);
    }
    awaitAll();

    assertEachOnce();
    assertThat(reader.metrics.total(Term.RETURNED)).isPositive();
    await().atMost(PATIENCE).until(() -> reader.metrics.inFlight() == 0);
    assertThat(reader.metrics.total(Term.RECEIVED) - reader.metrics.total(Term.RETURNED))
        .isEqualTo(sent.size());
  }

  @Test
  void goesOnWhereItWasStopped() throws Exception {
    stream = new TestStream(clients.sending(), 2);
    StreamReader first = read(NEVER);
    send(5);
    awaitAll();
    await().atMost(PATIENCE).until(() -> first.metrics.inFlight() == 0);
    first.close();
    send(5);
    StreamReader second = read(NEVER);
    awaitAll();

    assertEachOnce();
    // one shard has 19 of the keys: if a checkpoint were lost, it would all come again
    assertThat(second.metrics.total(Term.REDELIVERED)).as("of the first's").isLessThan(5 * 19);
    assertThat(second.metrics.total(Term.RECEIVED) - second.metrics.total(Term.RETURNED))
        .isEqualTo(5 * KEYS);
  }

  @Test
  void landsNothingWhileSuspended() throws Exception {
    stream = new TestStream(clients.sending(), 1);
    StreamReader reader = read(NEVER);
    send(1);
    awaitAll();
    ServiceHelper.suspendService(reader.camel().getRoute("intake-kinesis").getConsumer());
    send(1);
    await().during(Duration.ofSeconds(2)).until(() -> lake.size() == KEYS);

    ServiceHelper.resumeService(reader.camel().getRoute("intake-kinesis").getConsumer());
    awaitAll();
    assertEachOnce();
  }

  @Test
  void saysThatThereIsNoSuchStream() {
    stream = new TestStream(clients.sending(), 1);
    clients.sending().deleteStream(delete -> delete.streamName(stream.name()));

    assertThatThrownBy(() -> read(NEVER))
        .hasRootCauseInstanceOf(software.amazon.awssdk.core.exception.SdkException.class)
        .rootCause();
    assertThatThrownBy(() -> read(NEVER))
        .hasStackTraceContaining(SetupException.class.getName() + ": there is no stream");
  }

  private StreamReader read(Predicate<Batch> fails) throws Exception {
    StreamReader reader =
        StreamReader.start(new StreamReader.Shared(server.endpoint(), stream, lines, lake), fails);
    readers.add(reader);
    return reader;
  }

  /** Sends so many events of each key, in order. */
  private void send(int rounds) {
    int n = sent.size() / KEYS;
    List<Event> events = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      for (int key = 0; key < KEYS; key++) {
        events.add(new Event("k" + key, n + round));
      }
    }
    stream.send(events);
    sent.addAll(events);
  }

  /** Shards are shared out by what passes through them, so something does meanwhile. */
  private void awaitSharing(Callable<Boolean> done) {
    await()
        .atMost(PATIENCE)
        .pollInSameThread()
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              send(1);
              return done.call();
            });
  }

  private void awaitAll() {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> new HashSet<>(events()).containsAll(sent));
  }

  private List<Event> events() {
    return lake.stream().map(landed -> event(landed.event())).toList();
  }

  private static Event event(String json) {
    Matcher matcher = EVENT.matcher(json);
    assertThat(matcher.find()).as(json).isTrue();
    return new Event(matcher.group(1), Integer.parseInt(matcher.group(2)));
  }

  private void assertEachOnce() {
    assertThat(events()).containsExactlyInAnyOrderElementsOf(sent);
    assertInOrder();
  }

  /** In each shard by position, and of each key by number, also over shards. */
  private void assertInOrder() {
    Map<String, Position> lastOfShard = new HashMap<>();
    for (Landed landed : lake) {
      String[] parts = landed.position().split("@");
      Position position = Position.parse(parts[1]);
      Position last = lastOfShard.put(parts[0], position);
      assertThat(last == null || last.compareTo(position) < 0).as(landed.position()).isTrue();
    }
    Map<String, Integer> lastOfKey = new HashMap<>();
    for (Event event : events()) {
      Integer last = lastOfKey.put(event.key(), event.n());
      assertThat(event.n()).as(event.key()).isEqualTo(last == null ? 0 : last + 1);
    }
  }

  private static int shards(StreamReader reader) {
    return (int) reader.metrics.registry().get("wadi.source.shards").gauge().value();
  }
}
