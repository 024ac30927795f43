package dev.wadi.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.Batch;
import dev.wadi.event.Claims;
import dev.wadi.event.Event;
import dev.wadi.event.EventKey;
import dev.wadi.event.ExchangeProperty;
import dev.wadi.event.Outcome;
import dev.wadi.event.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ArchiveStepTest {

  private final DeadLetter letter =
      DeadLetter.of(Rejections.rejected(Rejections.record("m1#0", "{\"broken\": true}")));
  private final SourceRecord message = message("d1#0", DeadLetterJson.write(letter), 1);
  private DefaultCamelContext camel;
  private Claims.Answer claim = new Claims.Fresh();

  @BeforeEach
  void startRoute() throws Exception {
    camel = new DefaultCamelContext();
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:archive")
                .process(new DeadLetterDecodeStep())
                .process(exchange -> exchange.setProperty(ExchangeProperty.CLAIM, claim))
                .process(new ArchiveStep());
          }
        });
    camel.start();
  }

  @AfterEach
  void stopRoute() {
    camel.stop();
  }

  @Test
  void putsEveryColumnUpForLanding() {
    Outcome.Candidate candidate = candidate(message);
    assertThat(candidate.table()).isEqualTo("dead_letters");
    assertThat(candidate.columns())
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("dead_letter_id", letter.id()),
                Map.entry("reason", "missing_field"),
                Map.entry("rule", "context.id"),
                Map.entry("message", "context.id is missing"),
                Map.entry("stage", "decode"),
                Map.entry("shape", "cdevents"),
                Map.entry("source", "sqs:events"),
                Map.entry("position", "m1#0"),
                Map.entry("attempts", 2L),
                Map.entry("first_seen", Rejections.RECEIVED),
                Map.entry("bytes_base64", "eyJicm9rZW4iOiB0cnVlfQ==")));
  }

  @Test
  void pointsToTheObjectThatHoldsLargeBytes() {
    DeadLetter large = letter.withBytesIn(DeadLetter.objectOf(letter.id()));
    Map<String, Object> columns =
        candidate(message("d1#0", DeadLetterJson.write(large), 1)).columns();
    assertThat(columns)
        .containsEntry("bytes_object", DeadLetter.objectOf(letter.id()))
        .doesNotContainKey("bytes_base64");
  }

  @Test
  void givesTwoMessagesOfOneDeadLetterTheSameKeyAndPayload() {
    DeadLetter other =
        new DeadLetter(
            letter.id(),
            letter.bytes(),
            null,
            "other",
            "m",
            "s",
            null,
            "o",
            "p",
            "x",
            9,
            Instant.EPOCH);
    Event first = candidate(message).event();
    Event second = candidate(message("d2#0", DeadLetterJson.write(other), 3)).event();
    assertThat(second.key()).isEqualTo(first.key());
    assertThat(second.payloadHash()).isEqualTo(first.payloadHash());
    assertThat(first.key()).isEqualTo(EventKey.of("dead_letter", letter.id()));
    assertThat(first.time()).isEqualTo(Rejections.RECEIVED);
    assertThat(first.record()).isSameAs(message);
  }

  @Test
  void countsWhatWasArchivedBeforeAsRedelivered() {
    for (Claims.Answer answer : List.of(new Claims.LandedSame(), new Claims.LandedOther(42))) {
      claim = answer;
      assertThat(outcome(message)).isEqualTo(new Outcome.Redelivered());
    }
  }

  @Test
  void leavesACopyOfWhatIsInFlightToTheCommit() {
    claim = new Claims.InFlight(Rejections.batch(message), message, 0);
    assertThat(outcome(message)).isInstanceOf(Outcome.Candidate.class);
  }

  @Test
  void archivesAMessageThatCameFromElsewhereWithItsOwnBytes() {
    SourceRecord foreign = message("d7#0", "{\"context\": {}}", 5);
    Map<String, Object> columns = candidate(foreign).columns();
    assertThat(columns)
        .containsEntry("reason", "redriven")
        .containsEntry("source", "sqs:events-dlq")
        .containsEntry("position", "d7#0")
        .containsEntry("attempts", 5L)
        .containsEntry("bytes_base64", "eyJjb250ZXh0Ijoge319");
    assertThat(candidate(message("d7#0", "{\"context\": {}}", 6)).columns())
        .containsEntry("dead_letter_id", columns.get("dead_letter_id"));
  }

  @Test
  void saysThatTheClaimIsMissing() {
    claim = null;
    assertThatThrownBy(() -> outcome(message))
        .hasStackTraceContaining("the exchange has no WadiClaim");
  }

  private Outcome.Candidate candidate(SourceRecord from) {
    return (Outcome.Candidate) outcome(from);
  }

  private Outcome outcome(SourceRecord from) {
    Batch batch = new Batch("sqs:events-dlq", 1, List.of(from), List.of());
    Exchange result =
        camel
            .createProducerTemplate()
            .send(
                "direct:archive",
                exchange -> {
                  exchange.setProperty(ExchangeProperty.BATCH, batch);
                  exchange.getMessage().setBody(from);
                });
    if (result.getException() != null) {
      throw new AssertionError(result.getException());
    }
    return batch.account().outcome(from);
  }

  private static SourceRecord message(String position, String body, int attempts) {
    return new SourceRecord(
        "sqs:events-dlq",
        position,
        body.getBytes(StandardCharsets.UTF_8),
        Instant.parse("2026-11-21T13:00:00Z"),
        attempts);
  }
}
