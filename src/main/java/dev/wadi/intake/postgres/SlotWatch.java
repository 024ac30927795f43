package dev.wadi.intake.postgres;

import dev.wadi.event.SetupException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How much log the server keeps for the slot, and how long ago anything was heard of it. Run now
 * and then. While the server doesn't answer, the first is not a number. Thread-safe.
 */
final class SlotWatch implements Runnable {

  private static final String LAG =
      """
      SELECT pg_wal_lsn_diff(
               CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
                    ELSE pg_current_wal_lsn() END,
               confirmed_flush_lsn)
      FROM pg_replication_slots WHERE slot_name = ?""";

  private final Database database;
  private final String slot;
  private final MeterRegistry registry;
  private final List<Gauge> gauges;
  private volatile double lagBytes = Double.NaN;

  /**
   * @param heard when the engine has handed over anything last
   */
  SlotWatch(
      Database database,
      String slot,
      AtomicReference<Instant> heard,
      MeterRegistry registry,
      Clock clock) {
    this.database = database;
    this.slot = slot;
    this.registry = registry;
    String source = PostgresSettings.source(slot);
    this.gauges =
        List.of(
            Gauge.builder("wadi.postgres.slot.lag.bytes", this, watch -> watch.lagBytes)
                .tag("source", source)
                .register(registry),
            Gauge.builder(
                    "wadi.postgres.silent.seconds", heard, last -> silentSeconds(last.get(), clock))
                .tag("source", source)
                .register(registry));
  }

  @Override
  public void run() {
    try (Connection connection = database.connect();
        PreparedStatement ask = connection.prepareStatement(LAG)) {
      ask.setString(1, slot);
      try (ResultSet answer = ask.executeQuery()) {
        lagBytes = answer.next() ? answer.getDouble(1) : Double.NaN;
      }
    } catch (SQLException | SetupException e) {
      // the source itself tells of an outage
      lagBytes = Double.NaN;
    }
  }

  /** Takes the gauges out of the metrics: a stopped source has none. */
  void stop() {
    gauges.forEach(registry::remove);
  }

  private static double silentSeconds(Instant heard, Clock clock) {
    return Duration.between(heard, clock.instant()).toMillis() / 1e3;
  }
}
