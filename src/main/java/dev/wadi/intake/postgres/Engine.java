package dev.wadi.intake.postgres;

import dev.wadi.ops.Backoff;
import io.debezium.embedded.Connect;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.postgresql.replication.LogSequenceNumber;

/**
 * One life of Debezium's engine: it reads until it fails or is closed. A batch of it is taken over
 * and not marked as processed; the slot moves by {@link #flush} alone, which is called when all
 * before a position has landed.
 */
final class Engine
    implements DebeziumEngine.ChangeConsumer<ChangeEvent<SourceRecord, SourceRecord>>,
        DebeziumEngine.CompletionCallback {

  private static final Backoff PAUSES = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1));

  private final DebeziumEngine<ChangeEvent<SourceRecord, SourceRecord>> engine;
  private final ChangeReader reader;
  private final Changes changes;
  private final AtomicReference<Instant> heard;
  private final Runnable begun;
  private final Clock clock;
  private volatile DebeziumEngine.RecordCommitter<ChangeEvent<SourceRecord, SourceRecord>>
      committer;
  private volatile ChangeEvent<SourceRecord, SourceRecord> any;
  private volatile Throwable failure;
  private volatile boolean over;

  /**
   * @param heard told when the engine has handed anything over
   * @param begun told when it does so for the first time
   */
  Engine(
      Properties properties,
      ChangeReader reader,
      Changes changes,
      AtomicReference<Instant> heard,
      Runnable begun,
      Clock clock) {
    this.reader = reader;
    this.changes = changes;
    this.heard = heard;
    this.begun = begun;
    this.clock = clock;
    this.engine =
        DebeziumEngine.create(Connect.class).using(properties).using(this).notifying(this).build();
  }

  /** Reads until it is closed; throws what it fails by. */
  void run() throws EngineFailedException {
    try {
      engine.run();
    } finally {
      over = true;
    }
    if (failure != null) {
      throw new EngineFailedException(failure);
    }
  }

  @Override
  public void handle(boolean success, String message, Throwable error) {
    if (!success) {
      failure = error == null ? new IllegalStateException(message) : error;
    }
  }

  @Override
  public void handleBatch(
      List<ChangeEvent<SourceRecord, SourceRecord>> records,
      DebeziumEngine.RecordCommitter<ChangeEvent<SourceRecord, SourceRecord>> marks)
      throws InterruptedException {
    if (any == null && !records.isEmpty()) {
      begun.run();
    }
    for (ChangeEvent<SourceRecord, SourceRecord> event : records) {
      SourceRecord record = event.value();
      heard.set(clock.instant());
      any = event;
      committer = marks;
      if (reader.isChange(record)) {
        changes.offer(reader.read(record), committed(record));
      } else if (endsSnapshot(record)) {
        changes.endSnapshot();
      } else {
        changes.mark(committed(record));
      }
    }
  }

  /** Tells the server that it needs the log no more up to here. */
  void flush(LogSequenceNumber position) throws InterruptedException {
    if (committer == null || over) {
      return;
    }
    DebeziumEngine.Offsets offsets = committer.buildOffsets();
    offsets.set("lsn", position.asLong());
    offsets.set("lsn_commit", position.asLong());
    committer.markProcessed(any, offsets);
    committer.markBatchFinished();
  }

  /** Has it end, and returns when it has been told, which it can't be while it starts. */
  void close() throws InterruptedException {
    for (int attempts = 1; !over; attempts++) {
      try {
        engine.close();
        return;
      } catch (IllegalStateException starting) {
        PAUSES.pause(attempts);
      } catch (IOException e) {
        return;
      }
    }
  }

  /** Where the transaction ended that was committed last before a record; null in a snapshot. */
  static LogSequenceNumber committed(SourceRecord record) {
    Object committed =
        record.sourceOffset() == null ? null : record.sourceOffset().get("lsn_commit");
    return committed instanceof Number lsn ? LogSequenceNumber.valueOf(lsn.longValue()) : null;
  }

  private static boolean endsSnapshot(SourceRecord record) {
    return EngineProperties.NOTIFICATIONS.equals(record.topic())
        && record.value() instanceof Struct value
        && "Initial Snapshot".equals(value.getString("aggregate_type"))
        && "COMPLETED".equals(value.getString("type"));
  }
}
