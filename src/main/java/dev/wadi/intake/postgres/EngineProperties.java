package dev.wadi.intake.postgres;

import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.postgresql.replication.LogSequenceNumber;

/** What the engine is told. */
final class EngineProperties {

  /** What its topics begin with; they lead nowhere. */
  static final String PREFIX = "wadi";

  /** The topic of what it says of itself, among the changes and in their order. */
  static final String NOTIFICATIONS = PREFIX + ".notifications";

  private static final String TEXTS = "texts";

  /**
   * Writes a message into the log that belongs to no table and no transaction: so the position
   * moves on while the tables are idle and others are not.
   */
  private static final String HEARTBEAT =
      "SELECT pg_logical_emit_message(false, 'wadi', current_timestamp::text)";

  private final Database database;
  private final PostgresSettings settings;

  EngineProperties(Database database, PostgresSettings settings) {
    this.database = database;
    this.settings = settings;
  }

  /** To read the rows of tables, and then nothing more. */
  Properties snapshot(List<Table> tables, Unchanged unchanged) {
    Properties properties = common(tables, unchanged);
    properties.setProperty("snapshot.mode", "initial_only");
    properties.setProperty("snapshot.isolation.mode", "repeatable_read");
    properties.setProperty("snapshot.locking.mode", "none");
    properties.setProperty("snapshot.fetch.size", "1000");
    return properties;
  }

  /** To stream all transactions that were committed behind a position. */
  Properties stream(LogSequenceNumber behind, Unchanged unchanged) {
    Properties properties = common(settings.tables(), unchanged);
    properties.setProperty("snapshot.mode", "no_data");
    properties.setProperty(GivenOffset.PROPERTY, GivenOffset.behind(behind));
    properties.setProperty("heartbeat.interval.ms", "" + settings.heartbeat().toMillis());
    properties.setProperty("heartbeat.action.query", HEARTBEAT);
    return properties;
  }

  private Properties common(List<Table> tables, Unchanged unchanged) {
    Properties properties = new Properties();
    properties.setProperty("name", PREFIX);
    properties.setProperty("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
    properties.setProperty("topic.prefix", PREFIX);
    properties.setProperty("database.hostname", database.host());
    properties.setProperty("database.port", "" + database.port());
    properties.setProperty("database.dbname", database.name());
    properties.setProperty("database.user", database.user());
    properties.setProperty("database.password", database.password());
    database
        .parameters()
        .forEach((name, value) -> properties.setProperty("database." + name, value));
    properties.setProperty("driver.ApplicationName", "wadi");
    properties.setProperty("plugin.name", "pgoutput");
    properties.setProperty("slot.name", settings.slot());
    properties.setProperty("slot.max.retries", "0");
    properties.setProperty("publication.name", settings.publication());
    properties.setProperty("publication.autocreate.mode", "disabled");
    properties.setProperty(
        "table.include.list",
        tables.stream()
            .map(table -> table.toString().replaceAll("[.$]", "\\\\$0"))
            .collect(Collectors.joining(",")));

    // values that say exactly what the server has
    properties.setProperty("decimal.handling.mode", "string");
    properties.setProperty("time.precision.mode", "isostring");
    properties.setProperty("binary.handling.mode", "base64");
    properties.setProperty("interval.handling.mode", "string");
    properties.setProperty("hstore.handling.mode", "json");
    properties.setProperty("include.unknown.datatypes", "true");
    properties.setProperty("unavailable.value.placeholder", unchanged.text());
    properties.setProperty("converters", TEXTS);
    properties.setProperty(TEXTS + ".type", ServerText.class.getName());
    properties.setProperty(TEXTS + "." + ServerText.UNCHANGED, unchanged.text());
    properties.setProperty("skipped.operations", "none");
    properties.setProperty("tombstones.on.delete", "false");

    // what fails ends the engine: the source says so, and begins a new one
    properties.setProperty("errors.max.retries", "0");
    properties.setProperty("event.processing.failure.handling.mode", "fail");
    // Debezium 3.4 doesn't heed it for PostgreSQL, hence ServerText; a later one may
    properties.setProperty("event.converting.failure.handling.mode", "fail");
    properties.setProperty("notification.enabled.channels", "sink");
    properties.setProperty("notification.sink.topic.name", NOTIFICATIONS);

    properties.setProperty("offset.storage", GivenOffset.class.getName());
    properties.setProperty("offset.flush.interval.ms", "0");
    properties.setProperty("max.batch.size", "" + settings.dispatch().maxEvents());
    properties.setProperty("max.queue.size", "" + 2 * settings.dispatch().maxEvents());
    properties.setProperty("max.queue.size.in.bytes", "" + settings.dispatch().maxBytes() / 4);
    properties.setProperty("poll.interval.ms", "100");
    properties.setProperty("record.processing.threads", "1");
    properties.setProperty("task.management.timeout.ms", "10000");
    return properties;
  }
}
