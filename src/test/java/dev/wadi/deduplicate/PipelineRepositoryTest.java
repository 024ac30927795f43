package dev.wadi.deduplicate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.event.Batch;
import dev.wadi.event.Claims.Answer;
import dev.wadi.event.Claims.Fresh;
import dev.wadi.event.Claims.InFlight;
import dev.wadi.event.Claims.LandedKey;
import dev.wadi.event.Claims.LandedOther;
import dev.wadi.event.Claims.LandedSame;
import dev.wadi.event.Event;
import dev.wadi.event.ExchangeProperty;
import dev.wadi.event.Outcome;
import dev.wadi.event.SetupException;
import dev.wadi.event.SourceRecord;
import dev.wadi.ops.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The repository behind {@code idempotentConsumer} in routes such as the pipeline's. */
@Tag("unit")
class PipelineRepositoryTest {

  private static final String ROUTE =
      """
      - onException:
          exception: [java.lang.ArithmeticException]
          handled: {constant: "HANDLED"}
      - route:
          id: live
          from:
            uri: direct:batch
            steps:
              - split:
                  simple: "${body}"
                  shareUnitOfWork: SHARED
                  stopOnException: false
                  steps:
                    - process: {ref: decode}
                    - idempotentConsumer:
                        idempotentRepository: claims
                        skipDuplicate: false
                        eager: EAGER
                        completionEager: AT_BLOCK_END
                        simple: "KEY"
                        steps:
                          - process: {ref: inside}
                          - choice:
                              when:
                                - method: {ref: claimAnswers, method: isConflict}
                                  steps:
                                    - setBody: {constant: conflict}
                                - method: {ref: claimAnswers, method: isDuplicate}
                                  steps:
                                    - setBody: {constant: duplicate}
                              otherwise:
                                steps:
                                  - setBody: {constant: candidate}
                          - process: {ref: seen}
              - process: {ref: end}
      """;
  private static final String KEY = "${exchangeProperty.WadiEvent.key.hex}";

  private final LedgerInMemory ledger = new LedgerInMemory();
  private final CaffeineClaims claims = new CaffeineClaims(ledger, 100);
  private final Metrics metrics = new Metrics(new SimpleMeterRegistry(), Clock.systemUTC());
  private final List<String> seen = new ArrayList<>();
  private final List<Answer> answers = new ArrayList<>();
  private final CamelContext camel = new DefaultCamelContext();
  private final Batch batch = Keys.batch(1, 4);
  private List<Event> events;
  private Consumer<Event> inside = event -> {};
  private Processor end = exchange -> {};

  @BeforeEach
  void landOneKey() {
    claims.confirm(Keys.commit(1), List.of(new LandedKey(Keys.key(7), 70)));
    events = List.of(event(0, 1, 10), event(1, 1, 10), event(2, 7, 70), event(3, 7, 71));
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void tellsCandidatesDuplicatesAndConflictsApart(String shared) throws Exception {
    send(route("SHARED", shared));

    assertThat(seen).containsExactly("candidate", "candidate", "duplicate", "conflict");
    assertThat(answers)
        .containsExactly(
            new Fresh(), new InFlight(batch, record(0), 10), new LandedSame(), new LandedOther(70));
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void confirmsNothingBeforeTheCommitDoes(String shared) throws Exception {
    Exchange done = send(route("SHARED", shared));

    assertThat(done.isFailed()).isFalse();
    assertThat(ledger.commits).containsExactly(Keys.commit(1));
    assertThat(ask(1, 10)).isInstanceOf(InFlight.class);
  }

  @Test
  void countsAndTimesItsAnswers() throws Exception {
    send(route());

    for (String answer : List.of("Fresh", "InFlight", "LandedSame", "LandedOther")) {
      assertThat(
              metrics
                  .registry()
                  .get("wadi.claims.answered")
                  .tag("answer", answer)
                  .counter()
                  .count())
          .isEqualTo(1);
    }
    assertThat(metrics.registry().get("wadi.stage").tag("stage", "deduplicate").timer().count())
        .isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void aFailingCopyDoesNotRemoveTheOriginalsClaim(String shared, String handled) throws Exception {
    inside = failAt(1);
    send(route("SHARED", shared, "HANDLED", handled));

    assertThat(seen).hasSize(3);
    assertThat(ask(1, 10)).isEqualTo(new InFlight(batch, record(0), 10));
  }

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void aFailingDuplicateDoesNotMakeTheKeyNew(String shared, String handled) throws Exception {
    inside = failAt(2);
    send(route("SHARED", shared, "HANDLED", handled));

    assertThat(seen).hasSize(3);
    assertThat(ask(7, 70)).isEqualTo(new LandedSame());
  }

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void aFailingOriginalGivesItsClaimUpAtTheEndOfTheBlock(String shared, String handled)
      throws Exception {
    events = List.of(event(0, 1, 10));
    inside = failAt(0);
    send(route("SHARED", shared, "HANDLED", handled));

    assertThat(seen).isEmpty();
    assertThat(ask(1, 10)).isInstanceOf(Fresh.class);
  }

  /**
   * Camel then ends what the parts of a split began with the whole batch's exchange, which can't
   * tell for which of its records.
   */
  @Test
  void inASharedUnitOfWorkAFailingOriginalKeepsItsClaimIfTheBlockDoesNotEndIt() throws Exception {
    events = List.of(event(0, 1, 10));
    inside = failAt(0);
    Exchange done = send(route("AT_BLOCK_END", "false"));

    assertThat(done.getException()).isInstanceOf(ArithmeticException.class);
    assertThat(ask(1, 10)).isInstanceOf(InFlight.class);
    claims.releaseAll(batch);
    assertThat(ask(1, 10)).isInstanceOf(Fresh.class);
  }

  @Test
  void aCandidateThatFailsLaterKeepsItsClaimSinceItMayLandYet() throws Exception {
    events = List.of(event(0, 1, 10));
    inside =
        event -> {
          batch.account().put(event.record(), new Outcome.Candidate("events", event, Map.of()));
          failAt(0).accept(event);
        };
    send(route());

    assertThat(seen).isEmpty();
    assertThat(ask(1, 10)).isInstanceOf(InFlight.class);
  }

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void aBatchThatFailsAtItsEndKeepsItsClaimsForWhoeverEndsIt(String shared, String atBlockEnd)
      throws Exception {
    end =
        exchange -> {
          throw new IllegalStateException("the commit's outcome is unknown");
        };
    Exchange done = send(route("SHARED", shared, "AT_BLOCK_END", atBlockEnd));

    assertThat(done.isFailed()).isTrue();
    assertThat(ask(1, 10)).isInstanceOf(InFlight.class);
    claims.releaseAll(batch);
    assertThat(ask(1, 10)).isInstanceOf(Fresh.class);
  }

  @Test
  void refusesToBeAskedWithoutClaiming() throws Exception {
    assertRefused(send(route("EAGER", "false")), "must be eager");
  }

  @ParameterizedTest
  @ValueSource(strings = {"${exchangeProperty.WadiEvent.id}", "${body.position}"})
  void refusesAnotherKeyThanTheEvents(String key) throws Exception {
    assertRefused(send(route("KEY", key)), "its key is " + KEY);
  }

  @Test
  void refusesARecordThatIsNoEvent() throws Exception {
    events = List.of();
    assertRefused(send(route("KEY", "${body.position}")), "its key is " + KEY);
  }

  @Test
  void camelsOwnRepositoryServesInTheSameRoute() throws Exception {
    send(route(), MemoryIdempotentRepository.memoryIdempotentRepository());

    assertThat(seen).containsExactly("candidate", "duplicate", "candidate", "duplicate");
  }

  private void assertRefused(Exchange done, String why) {
    assertThat(done.getException()).isInstanceOf(SetupException.class).hasMessageContaining(why);
    assertThat(seen).isEmpty();
    assertThat(claims.held()).isZero();
  }

  private Exchange send(String yaml) throws Exception {
    return send(
        yaml,
        new WadiIdempotentRepository(claims, new LedgerRouteKeys(new LedgerInMemory()), metrics));
  }

  private Exchange send(String yaml, IdempotentRepository repository) throws Exception {
    Processor decode =
        exchange -> {
          SourceRecord record = exchange.getMessage().getBody(SourceRecord.class);
          events.stream()
              .filter(event -> event.record() == record)
              .forEach(event -> exchange.setProperty(ExchangeProperty.EVENT, event));
        };
    camel.getRegistry().bind("decode", decode);
    camel.getRegistry().bind("inside", (Processor) this::inside);
    camel.getRegistry().bind("seen", (Processor) this::seen);
    camel.getRegistry().bind("end", (Processor) exchange -> end.process(exchange));
    camel.getRegistry().bind("claims", repository);
    camel.getRegistry().bind("claimAnswers", new ClaimAnswers());
    PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("live.yaml", yaml));
    camel.start();
    return camel
        .createProducerTemplate()
        .send(
            "direct:batch",
            exchange -> {
              exchange.setProperty(ExchangeProperty.BATCH, batch);
              exchange.getMessage().setBody(events.isEmpty() ? batch.records() : records());
            });
  }

  private List<SourceRecord> records() {
    return events.stream().map(Event::record).toList();
  }

  private void inside(Exchange exchange) {
    inside.accept(exchange.getProperty(ExchangeProperty.EVENT, Event.class));
  }

  private void seen(Exchange exchange) {
    seen.add(exchange.getMessage().getBody(String.class));
    answers.add(exchange.getProperty(ExchangeProperty.CLAIM, Answer.class));
  }

  private Consumer<Event> failAt(int index) {
    return event -> {
      if (event.record() == record(index)) {
        throw new ArithmeticException("record " + index + " fails");
      }
    };
  }

  private Answer ask(int key, long payloadHash) {
    Batch other = Keys.batch(2, 1);
    return claims.claim(other, other.records().get(0), Keys.key(key), payloadHash);
  }

  private Event event(int index, int key, long payloadHash) {
    return Keys.event(record(index), Keys.key(key), payloadHash);
  }

  private SourceRecord record(int index) {
    return batch.records().get(index);
  }

  private static String route(String... replaced) {
    String yaml = ROUTE;
    for (int i = 0; i < replaced.length; i += 2) {
      yaml = yaml.replace(replaced[i], replaced[i + 1]);
    }
    return yaml.replace("SHARED", "true")
        .replace("HANDLED", "false")
        .replace("EAGER", "true")
        .replace("AT_BLOCK_END", "true")
        .replace("KEY", KEY);
  }
}
