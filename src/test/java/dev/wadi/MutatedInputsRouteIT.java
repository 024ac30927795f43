package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wadi.event.Batch;
import dev.wadi.event.ExchangeProperty;
import dev.wadi.event.SourceRecord;
import dev.wadi.fuzz.Inputs;
import dev.wadi.fuzz.LandedRows;
import dev.wadi.lake.LakeFolder;
import dev.wadi.lake.Verification;
import dev.wadi.lake.VerifyReport;
import dev.wadi.ops.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mutated inputs through Wadi's own routes, in Camel: from the batch of a source to the lake, the
 * dead letters by way of their queue. They don't come in messages, since SQS takes none that are
 * not UTF-8.
 */
@Tag("integration")
class MutatedInputsRouteIT {

  private static final int BATCHES = 10;
  private static final int BATCH = 200;
  private static final long SEED = Long.getLong("wadi.fuzz.seed", 20_261_121);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path data;

  @Test
  void accountsForEveryInput() throws Exception {
    List<byte[]> inputs = new ArrayList<>();
    Inputs all = new Inputs("cdevents", SEED);
    while (inputs.size() < BATCHES * BATCH) {
      inputs.add(all.next());
    }
    try (RouteFixture wadi =
        new RouteFixture(data, null, Map.of(Setting.LAND_PARTITION.property(), "event_type"))) {
      wadi.start();
      landAll(wadi, inputs);
      await().atMost(PATIENCE).until(() -> wadi.held("events-dlq") == 0);
      assertThat(wadi.aborted()).isZero();
    }
    VerifyReport report = new Verification(LakeFolder.of(data), true).run();
    assertThat(report.findings()).isEmpty();
    VerifyReport.Terms terms = report.sources().get("file");
    assertThat(terms.received()).isEqualTo(inputs.size());
    assertThat(report.deadLetters())
        .isEqualTo(new VerifyReport.DeadLetters(terms.rejected(), terms.rejected(), 0, 0, 0));
    try (LandedRows rows = new LandedRows(data, "fuzz")) {
      for (int n = 0; n < inputs.size(); n++) {
        LandedRows.Row row = rows.next();
        assertThat(row.offset()).isEqualTo(n);
        assertThat(row.bytes()).as("input %s", n).isEqualTo(inputs.get(n));
      }
      assertThat(rows.next()).isNull();
    }
  }

  private static void landAll(RouteFixture wadi, List<byte[]> inputs) throws Exception {
    List<CompletableFuture<Exchange>> landing = new ArrayList<>();
    try (ProducerTemplate source = wadi.camel.createProducerTemplate()) {
      for (int from = 0; from < inputs.size(); from += BATCH) {
        List<SourceRecord> records = new ArrayList<>();
        for (int n = from; n < from + BATCH; n++) {
          records.add(new SourceRecord("file", "fuzz@" + n, inputs.get(n), Instant.EPOCH, 1));
        }
        Batch batch = new Batch("file", from, records, List.of("delivery-" + from));
        landing.add(
            source.asyncSend(
                "direct:pipeline",
                exchange -> {
                  exchange.setProperty(ExchangeProperty.BATCH, batch);
                  exchange.getMessage().setBody(batch);
                }));
      }
      for (CompletableFuture<Exchange> one : landing) {
        Exchange landed = one.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(landed.getException()).isNull();
        Batch batch = landed.getProperty(ExchangeProperty.BATCH, Batch.class);
        assertThat(batch.account().isClosed()).isTrue();
      }
    }
  }
}
