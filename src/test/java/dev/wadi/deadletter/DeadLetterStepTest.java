package dev.wadi.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.Account;
import dev.wadi.event.Batch;
import dev.wadi.event.ExchangeProperty;
import dev.wadi.event.Outcome;
import dev.wadi.event.Rejected;
import dev.wadi.event.SourceRecord;
import dev.wadi.ops.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The steps around the send, with a queue that answers as Camel's SQS producer does. */
@Tag("unit")
class DeadLetterStepTest {

  private static final int MAX_BYTES = 4096;

  private final Map<String, byte[]> stored = new HashMap<>();
  private final SourceRecord record = Rejections.record("m1#0", "{\"broken\": true}");
  private final Batch batch = Rejections.batch(record);
  private final Account account = batch.account();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Metrics metrics = new Metrics(registry, Clock.systemUTC());
  private DefaultCamelContext camel;
  private Processor queue = DeadLetterStepTest::accept;
  private Map<String, Object> headersSent;
  private String bodySent;

  @BeforeEach
  void startRoute() throws Exception {
    camel = new DefaultCamelContext();
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:pipeline")
                .process(new DeadLetterStep(MAX_BYTES, stored::put))
                .process(
                    exchange -> {
                      bodySent = exchange.getMessage().getBody(String.class);
                      headersSent = Map.copyOf(exchange.getMessage().getHeaders());
                      queue.process(exchange);
                    })
                .process(new DeadLetteredStep(metrics));
          }
        });
    camel.start();
  }

  @AfterEach
  void stopRoute() {
    camel.stop();
  }

  @Test
  void countsARecordAsDeadLetteredOnceTheQueueHasIt() {
    send(Rejections.rejected(record), Map.of());
    DeadLetter letter = DeadLetterJson.read(utf8(bodySent)).orElseThrow();
    assertThat(letter.bytes()).isEqualTo(record.bytes());
    assertThat(account.outcome(record))
        .isEqualTo(new Outcome.DeadLettered(Rejections.rejected(record), letter.id()));
    assertThat(
            registry
                .counter("wadi.dead.letters.sent", "reason", Rejections.rejected(record).reason())
                .count())
        .isEqualTo(1);
    assertThat(stored).isEmpty();
  }

  @Test
  void doesNotCountItWhenNothingWasSent() {
    queue = exchange -> {};
    assertThatThrownBy(() -> send(Rejections.rejected(record), Map.of()))
        .isInstanceOf(CamelExecutionException.class)
        .cause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("sqs:events m1#0")
        .hasMessageContaining("has not confirmed");
    assertThat(account.outcome(record)).isNull();
  }

  @Test
  void doesNotTakeTheAnswerToAnEarlierSendForProof() {
    queue = exchange -> {};
    Map<String, Object> stale =
        Map.of("CamelAwsSqsMessageId", "old", "CamelAwsSqsMD5OfBody", md5("old"));
    assertThatThrownBy(() -> send(Rejections.rejected(record), stale))
        .hasRootCauseInstanceOf(IllegalStateException.class);
    assertThat(account.outcome(record)).isNull();
  }

  @Test
  void doesNotTakeTheAnswerToAnotherMessageForProof() {
    queue =
        exchange -> {
          exchange.getMessage().setBody("something else");
          accept(exchange);
        };
    assertThatThrownBy(() -> send(Rejections.rejected(record), Map.of()))
        .hasRootCauseInstanceOf(IllegalStateException.class);
    assertThat(account.outcome(record)).isNull();
  }

  @Test
  void doesNotCountItWhenTheQueueIsDown() {
    queue =
        exchange -> {
          throw new java.io.IOException("connection refused");
        };
    assertThatThrownBy(() -> send(Rejections.rejected(record), Map.of()))
        .hasRootCauseInstanceOf(java.io.IOException.class);
    assertThat(account.outcome(record)).isNull();
  }

  @Test
  void sendsNoHeaderOfTheEventAlong() {
    send(
        Rejections.rejected(record),
        Map.of("CamelAwsSqsOperation", "deleteMessage", "CamelAwsSqsDelaySeconds", 900, "a", "b"));
    assertThat(headersSent).isEmpty();
  }

  @Test
  void putsBytesThatAreTooManyForAMessageIntoTheStoreFirst() {
    SourceRecord large = Rejections.record("m1#1", "x".repeat(MAX_BYTES));
    Batch ofLarge = Rejections.batch(large);
    queue =
        exchange -> {
          assertThat(stored).hasSize(1);
          accept(exchange);
        };
    send(ofLarge, Rejections.rejected(large), Map.of());
    DeadLetter letter = DeadLetterJson.read(utf8(bodySent)).orElseThrow();
    assertThat(letter.bytesObject()).isEqualTo("dead_letters_bytes/" + letter.id() + ".bin");
    assertThat(stored).containsOnlyKeys(letter.bytesObject());
    assertThat(stored.get(letter.bytesObject())).isEqualTo(large.bytes());
    assertThat(ofLarge.account().outcome(large)).isInstanceOf(Outcome.DeadLettered.class);
  }

  @Test
  void neverSendsMoreThanTheQueueTakes() {
    for (int size = MAX_BYTES / 3; size < MAX_BYTES; size += 7) {
      SourceRecord sized = Rejections.record("m1#2", "x".repeat(size));
      send(Rejections.batch(sized), Rejections.rejected(sized), Map.of());
      assertThat(bodySent.length()).isLessThanOrEqualTo(MAX_BYTES);
      DeadLetter letter = DeadLetterJson.read(utf8(bodySent)).orElseThrow();
      assertThat(letter.bytes() == null).isEqualTo(stored.containsKey(letter.bytesObject()));
    }
    assertThat(stored).isNotEmpty();
  }

  @Test
  void sendsNothingWhenTheStoreDoesNotTakeTheBytes() throws Exception {
    DeadLetterStep step =
        new DeadLetterStep(
            10,
            (key, bytes) -> {
              throw new IllegalStateException("store down");
            });
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:down").process(step).process(exchange -> bodySent = "sent");
          }
        });
    assertThatThrownBy(
            () ->
                camel
                    .createProducerTemplate()
                    .sendBodyAndProperty(
                        "direct:down",
                        record,
                        ExchangeProperty.REJECTED,
                        Rejections.rejected(record)))
        .hasRootCauseMessage("store down");
    assertThat(bodySent).isNull();
  }

  @Test
  void saysThatNothingWasRejected() {
    assertThatThrownBy(() -> camel.createProducerTemplate().sendBody("direct:pipeline", record))
        .hasRootCauseInstanceOf(IllegalStateException.class);
  }

  private void send(Rejected rejected, Map<String, Object> headers) {
    send(batch, rejected, headers);
  }

  private void send(Batch of, Rejected rejected, Map<String, Object> headers) {
    ProducerTemplate template = camel.createProducerTemplate();
    Exchange exchange = camel.getEndpoint("direct:pipeline").createExchange();
    exchange.setProperty(ExchangeProperty.BATCH, of);
    exchange.setProperty(ExchangeProperty.REJECTED, rejected);
    exchange.getMessage().setHeaders(new HashMap<>(headers));
    exchange.getMessage().setBody(rejected.record());
    Exchange result = template.send("direct:pipeline", exchange);
    if (result.getException() != null) {
      throw new CamelExecutionException("failed", result, result.getException());
    }
  }

  private static void accept(Exchange exchange) {
    exchange.getMessage().setHeader("CamelAwsSqsMessageId", "new");
    String body = exchange.getMessage().getBody(String.class);
    exchange.getMessage().setHeader("CamelAwsSqsMD5OfBody", md5(body));
  }

  private static String md5(String body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(utf8(body)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
