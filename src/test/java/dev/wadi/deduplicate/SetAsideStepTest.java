package dev.wadi.deduplicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class SetAsideStepTest {

  private static final String JSON = "{\"id\":\"a\",\"secret\":\"s\"}";

  private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());
  private final SourceRecord record =
      new SourceRecord(
          "sqs:events", "m#0", JSON.getBytes(StandardCharsets.UTF_8), Instant.EPOCH, 1);
  private final Batch batch = new Batch("sqs:events", 1, List.of(record), List.of("m"));
  private ObjectNode document;

  @BeforeEach
  void decoded() throws Exception {
    document = (ObjectNode) new ObjectMapper().readTree(JSON);
    exchange.setProperty(ExchangeProperty.BATCH, batch);
    exchange.setProperty(
        ExchangeProperty.EVENT,
        new Event(
            record,
            "json",
            EventKey.of("json", "a"),
            1,
            "a",
            "t",
            null,
            null,
            Instant.EPOCH,
            Map.of(),
            document));
    exchange.getMessage().setBody(document);
  }

  @Test
  void notesADuplicate() {
    exchange.setProperty(ExchangeProperty.CLAIM, new Claims.LandedSame());
    new SetAsideStep().process(exchange);
    assertThat(batch.account().outcome(record))
        .isInstanceOfSatisfying(
            Outcome.Duplicate.class,
            duplicate -> {
              assertThat(duplicate.changed()).isNull();
              assertThat(duplicate.event().document())
                  .as("large, and not needed any more")
                  .isNull();
            });
  }

  @Test
  void notesAConflictWithTheHashOfWhatLanded() {
    exchange.setProperty(ExchangeProperty.CLAIM, new Claims.LandedOther(42));
    new SetAsideStep().process(exchange);
    assertThat(batch.account().outcome(record))
        .isInstanceOfSatisfying(
            Outcome.Conflict.class,
            conflict -> assertThat(conflict.landedPayloadHash()).isEqualTo(42));
  }

  @Test
  void notesADuplicateWhereAnotherRepositoryOnlyMarkedIt() {
    new SetAsideStep().process(exchange);
    assertThat(batch.account().outcome(record)).isInstanceOf(Outcome.Duplicate.class);
  }

  @Test
  void keepsWhatAStepMaskedOutOfTheCopy() {
    document.put("secret", "***");
    new SetAsideStep().process(exchange);
    assertThat(batch.account().outcome(record))
        .isInstanceOfSatisfying(
            Outcome.Duplicate.class,
            duplicate -> assertThat(duplicate.changed()).contains("***").doesNotContain("\"s\""));
  }

  @Test
  void saysWhereItBelongs() {
    exchange.removeProperty(ExchangeProperty.EVENT);
    assertThatThrownBy(() -> new SetAsideStep().process(exchange))
        .hasMessageContaining("after decode");
  }
}
