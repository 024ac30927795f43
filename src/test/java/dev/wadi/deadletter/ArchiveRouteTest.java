package dev.wadi.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.event.Batch;
import dev.wadi.event.Claims;
import dev.wadi.event.Event;
import dev.wadi.event.ExchangeProperty;
import dev.wadi.event.Outcome;
import dev.wadi.event.SourceRecord;
import dev.wadi.ops.Settings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.service.ServiceSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The route file itself, with a stand-in for the source, the claims and the stage. */
@Tag("unit")
class ArchiveRouteTest {

  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final List<Batch> staged = new ArrayList<>();
  private final Set<String> landed = new HashSet<>();

  @BeforeEach
  void startRoute() throws Exception {
    camel
        .getPropertiesComponent()
        .setInitialProperties(Settings.load("local", Map.of(), null).forCamel());
    camel.addComponent("wadi-sqs", new Source());
    camel.getRegistry().bind("decodeDeadLetter", new DeadLetterDecodeStep());
    camel.getRegistry().bind("archive", new ArchiveStep());
    camel.getRegistry().bind("claims", new Landed());
    Processor stage =
        exchange -> staged.add(exchange.getProperty(ExchangeProperty.BATCH, Batch.class));
    camel.getRegistry().bind("stage", stage);
    PluginHelper.getRoutesLoader(camel)
        .loadRoutes(
            PluginHelper.getResourceLoader(camel)
                .resolveResource("classpath:routes/50-archive-dead-letters.camel.yaml"));
    camel.start();
  }

  @AfterEach
  void stopRoute() {
    camel.stop();
  }

  @Test
  void givesEveryMessageOfABatchAnOutcomeBeforeItIsStaged() {
    DeadLetter archived =
        DeadLetter.of(Rejections.rejected(Rejections.record("m1#0", "archived before")));
    DeadLetter fresh = DeadLetter.of(Rejections.rejected(Rejections.record("m2#0", "new")));
    landed.add(dev.wadi.event.EventKey.of("dead_letter", archived.id()).hex());
    List<SourceRecord> messages =
        List.of(
            message("d1#0", DeadLetterJson.write(archived)),
            message("d2#0", DeadLetterJson.write(fresh)),
            message("d3#0", "not ours"));
    Batch batch = new Batch("sqs:events-dlq", 1, messages, List.of("d1", "d2", "d3"));

    Exchange result =
        camel
            .createProducerTemplate()
            .send(
                "direct:source",
                exchange -> {
                  exchange.setProperty(ExchangeProperty.BATCH, batch);
                  exchange.getMessage().setBody(batch);
                });

    assertThat(result.isFailed()).isFalse();
    assertThat(staged).containsExactly(batch);
    assertThat(batch.account().unaccounted()).isEmpty();
    assertThat(batch.account().outcome(messages.get(0))).isEqualTo(new Outcome.Redelivered());
    assertThat(reasonOf(batch, messages.get(1))).isEqualTo("missing_field");
    assertThat(reasonOf(batch, messages.get(2))).isEqualTo("redriven");
  }

  private static Object reasonOf(Batch batch, SourceRecord message) {
    Outcome.Candidate candidate = (Outcome.Candidate) batch.account().outcome(message);
    return candidate.columns().get("reason");
  }

  private static SourceRecord message(String position, String body) {
    return new SourceRecord(
        "sqs:events-dlq", position, body.getBytes(StandardCharsets.UTF_8), Rejections.RECEIVED, 1);
  }

  /** Every endpoint is direct:source, whatever its options are. */
  private static final class Source extends DirectComponent {
    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> options)
        throws Exception {
      assertThat(remaining).isEqualTo("events-dlq");
      options.clear();
      return getCamelContext().getEndpoint("direct:source");
    }
  }

  /** Answers as the repository of the pipeline does, from a set of landed keys. */
  private final class Landed extends ServiceSupport implements IdempotentRepository {
    @Override
    public boolean add(Exchange exchange, String key) {
      Event event = exchange.getProperty(ExchangeProperty.EVENT, Event.class);
      assertThat(key).isEqualTo(event.key().hex());
      boolean fresh = !landed.contains(key);
      exchange.setProperty(
          ExchangeProperty.CLAIM, fresh ? new Claims.Fresh() : new Claims.LandedSame());
      return fresh;
    }

    @Override
    public boolean add(String key) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean contains(String key) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean remove(String key) {
      return true;
    }

    @Override
    public boolean confirm(String key) {
      return true;
    }

    @Override
    public void clear() {}
  }
}
