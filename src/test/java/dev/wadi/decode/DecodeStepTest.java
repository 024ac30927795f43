package dev.wadi.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.Event;
import dev.wadi.event.ExchangeProperty;
import dev.wadi.event.Rejected;
import dev.wadi.event.SourceRecord;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class DecodeStepTest {

  private final Decoding decoding = new Decoding("cdevents");
  private final DecodeStep step = new DecodeStep(decoding.decoder(), decoding.metrics);
  private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

  @Test
  void hasTheDocumentAsTheBodyAndTheEventBesideIt() throws Exception {
    SourceRecord record = process(Decoding.withCustomData("{}"));

    Event event = exchange.getProperty(ExchangeProperty.EVENT, Event.class);
    assertThat(event.type()).isEqualTo("build.queued");
    assertThat(exchange.getMessage().getBody()).isSameAs(event.document());
    assertThat(exchange.getProperty(ExchangeProperty.RECORD)).isSameAs(record);
    assertThat(exchange.getProperty(ExchangeProperty.REJECTED)).isNull();
  }

  @Test
  void hasTheRejectionAsTheBody() throws Exception {
    SourceRecord record = process("{}");

    Rejected rejected = exchange.getProperty(ExchangeProperty.REJECTED, Rejected.class);
    assertThat(rejected.reason()).isEqualTo("missing_field");
    assertThat(exchange.getMessage().getBody()).isSameAs(rejected);
    assertThat(exchange.getProperty(ExchangeProperty.RECORD)).isSameAs(record);
    assertThat(exchange.getProperty(ExchangeProperty.EVENT)).isNull();
  }

  @Test
  void notesHowLongItTook() throws Exception {
    process("{}");

    assertThat(decoding.metrics.registry().get("wadi.stage").tag("stage", "decode").timer().count())
        .isEqualTo(1);
  }

  @Test
  void refusesABodyThatIsNoRecord() {
    exchange.getMessage().setBody("{}");

    assertThatThrownBy(() -> step.process(exchange)).isInstanceOf(InvalidPayloadException.class);
  }

  private SourceRecord process(String json) throws InvalidPayloadException {
    SourceRecord record = Decoding.record(json.getBytes(StandardCharsets.UTF_8));
    exchange.getMessage().setBody(record);
    step.process(exchange);
    return record;
  }
}
