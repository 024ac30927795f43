package dev.wadi.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.ops.Metrics.Term;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class MetricsTest {

  private static final String EVENTS = "sqs:events";

  private final HandClock clock = new HandClock();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Metrics metrics = new Metrics(registry, clock);

  @Test
  void countsEachTermPerSource() {
    metrics.count(Term.LANDED, EVENTS, 5);
    metrics.count(Term.LANDED, EVENTS, 2);
    metrics.count(Term.LANDED, "sqs:other", 1);

    assertThat(metrics.total(Term.LANDED, EVENTS)).isEqualTo(7);
    assertThat(metrics.total(Term.LANDED)).isEqualTo(8);
    assertThat(metrics.sources()).containsExactly(EVENTS, "sqs:other");
    assertThat(registry.scrape())
        .contains("wadi_events_landed_total{source=\"sqs:events\"} 7.0")
        .contains("wadi_events_landed_total{source=\"sqs:other\"} 1.0");
  }

  @Test
  void showsEveryTermOfASourceFromTheFirstCountOn() {
    metrics.count(Term.RECEIVED, EVENTS, 1);

    for (Term term : Term.values()) {
      String series = Metric.of(term).series()[0];
      assertThat(registry.scrape()).contains(series + "{source=\"sqs:events\"} ");
    }
  }

  @Test
  void balancesWhenEveryRecordHasAnOutcome() {
    metrics.count(Term.RECEIVED, EVENTS, 20);
    metrics.inFlight(EVENTS, 20);
    assertThat(metrics.totals(EVENTS).balanced()).isTrue();

    metrics.inFlight(EVENTS, -5);
    metrics.count(Term.RETURNED, EVENTS, 5);
    assertThat(metrics.totals(EVENTS).balanced()).isTrue();

    metrics.inFlight(EVENTS, -10);
    metrics.count(Term.LANDED, EVENTS, 6);
    metrics.count(Term.DUPLICATES, EVENTS, 1);
    metrics.count(Term.CONFLICTS, EVENTS, 1);
    metrics.count(Term.REJECTED, EVENTS, 1);
    assertThat(metrics.totals(EVENTS).balanced()).isFalse();

    metrics.count(Term.FILTERED, EVENTS, 1);
    assertThat(metrics.totals(EVENTS))
        .isEqualTo(new Totals(20, 5, 6, 1, 1, 1, 1, 0, 5))
        .matches(Totals::balanced);
  }

  @Test
  void redeliveredIsOutsideTheLaw() {
    metrics.count(Term.REDELIVERED, EVENTS, 3);

    assertThat(metrics.totals(EVENTS).balanced()).isTrue();
  }

  @Test
  void lagIsHowLongTheOldestInFlightHasWaited() {
    assertThat(metrics.lag(EVENTS)).isZero();
    metrics.inFlight(EVENTS, 10);
    clock.forward(Duration.ofSeconds(3));
    metrics.inFlight(EVENTS, 10);
    clock.forward(Duration.ofSeconds(1));

    assertThat(metrics.lag(EVENTS)).hasSeconds(4);
    metrics.inFlight(EVENTS, -9);
    assertThat(metrics.lag(EVENTS)).hasSeconds(4);
    metrics.inFlight(EVENTS, -1);
    assertThat(metrics.lag(EVENTS)).hasSeconds(1);
    assertThat(registry.scrape()).contains("wadi_lag_seconds{source=\"sqs:events\"} 1.0");
    metrics.inFlight(EVENTS, -10);
    assertThat(metrics.lag(EVENTS)).isZero();
    assertThat(metrics.inFlight()).isZero();
  }

  @Test
  void countsLabelValuesBeyondTheBoundAsOther() {
    for (int i = 0; i < Metrics.MAX_LABEL_VALUES + 50; i++) {
      metrics.count("wadi.columns.drifted", "column", "c" + i, 1);
    }
    metrics.count("wadi.columns.drifted", "column", "c0", 1);

    assertThat(registry.find("wadi.columns.drifted").counters())
        .hasSize(Metrics.MAX_LABEL_VALUES + 1);
    assertThat(registry.get("wadi.columns.drifted").tag("column", "other").counter().count())
        .isEqualTo(50);
    assertThat(registry.get("wadi.columns.drifted").tag("column", "c0").counter().count())
        .isEqualTo(2);
  }

  @Test
  void timesStagesAndSizesBatches() {
    metrics.took("deduplicate", Duration.ofMillis(250));
    metrics.size("wadi.batch.events", "source", EVENTS, 200);
    metrics.size("wadi.batch.events", "source", EVENTS, 100);

    assertThat(registry.scrape())
        .contains("wadi_stage_seconds_sum{stage=\"deduplicate\"} 0.25")
        .contains("wadi_batch_events_count{source=\"sqs:events\"} 2")
        .contains("wadi_batch_events_sum{source=\"sqs:events\"} 300.0");
  }
}
