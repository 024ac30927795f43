package dev.wadi.land;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.Batch;
import dev.wadi.event.ExchangeProperty;
import dev.wadi.event.Outcome;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class StepsTest {

  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final Exchange exchange = new DefaultExchange(camel);

  @Test
  void stagingAnExchangeWithoutABatchFailsAtOnce() {
    boolean done = new StageStep(null).process(exchange, synchronously -> {});
    assertThat(done).isTrue();
    assertThat(exchange.getException()).hasMessageContaining("carries no batch");
  }

  @Test
  void anObjectIsNotPublishedWithoutTheStoresAnswer() {
    exchange.setProperty(
        DescribeObjectStep.OBJECT,
        new StagedObject("01ARZ", "events", "events/x.parquet", null, 1, 1, "00"));
    exchange.setProperty(
        LandConsumer.COMMIT, new Commit("01ARZ", Batches.NOW, Map.of(), List.of()));
    assertThatThrownBy(() -> new NotePublishedStep(null).process(exchange))
        .hasMessageContaining("no answer of the store for events/x.parquet");
  }

  @Test
  void aKeyThatAnotherObjectHasIsNotOurs() {
    MemoryStore store = new MemoryStore();
    store.objects.put("events/x.parquet", new byte[0]);
    store.metadata.put("events/x.parquet", Map.of("wadi-commit", "another"));
    exchange.setProperty(
        DescribeObjectStep.OBJECT,
        new StagedObject("01ARZ", "events", "events/x.parquet", null, 1, 1, "00"));
    assertThatThrownBy(() -> new SettlePutStep(null, store).process(exchange))
        .hasMessageContaining("taken by another object");
  }

  @Test
  void droppingNeedsAnEvent() throws Exception {
    camel.addComponent("wadi-drop", new DropComponent());
    var drop = camel.getEndpoint("wadi-drop:test").createProducer();
    assertThatThrownBy(() -> drop.process(exchange)).hasMessageContaining("after the decode step");
    assertThatThrownBy(() -> camel.getEndpoint("wadi-drop:test").createConsumer(drop))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void droppingNotesTheReasonAndEndsTheRoute() throws Exception {
    camel.addComponent("wadi-drop", new DropComponent());
    Batch batch = Batches.unclaimed("sqs:events", "a");
    exchange.setProperty(ExchangeProperty.BATCH, batch);
    exchange.setProperty(ExchangeProperty.RECORD, batch.records().get(0));
    camel.getEndpoint("wadi-drop:test").createProducer().process(exchange);
    assertThat(batch.account().outcome(batch.records().get(0)))
        .isEqualTo(new Outcome.Filtered("test"));
    assertThat(exchange.isRouteStop()).isTrue();
  }

  @Test
  void nothingCanBeSentToTheCommits() throws Exception {
    camel.addComponent("wadi-land", new LandComponent(null));
    assertThatThrownBy(() -> camel.getEndpoint("wadi-land:commits").createProducer())
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
