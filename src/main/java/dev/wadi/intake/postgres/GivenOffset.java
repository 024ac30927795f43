package dev.wadi.intake.postgres;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.connect.runtime.WorkerConfig;
import org.apache.kafka.connect.storage.OffsetBackingStore;
import org.apache.kafka.connect.util.Callback;
import org.postgresql.replication.LogSequenceNumber;

/**
 * Where the engine believes its offset is kept: it begins with the one that its properties give,
 * and forgets what it is told when the engine ends. What is durable is kept by {@link
 * LandedObject}. Made by the engine, by this class's name. Thread-safe.
 */
public final class GivenOffset implements OffsetBackingStore {

  /** The property with the offset to begin with; without it there is none. */
  static final String PROPERTY = "wadi.offset";

  private final Map<ByteBuffer, ByteBuffer> stored = new HashMap<>();
  private ByteBuffer given;

  /**
   * The offset that has the engine stream all transactions that were committed behind a position.
   *
   * <p>It has no {@code lsn_proc}, by which Debezium would search for the last change that it has
   * handed on and leave out what comes before: several changes may have one position, and it would
   * leave out all of them.
   */
  static String behind(LogSequenceNumber position) {
    return "{\"lsn\":%d,\"lsn_commit\":%d,\"ts_usec\":%d}"
        .formatted(position.asLong(), position.asLong(), 1L << 40);
  }

  @Override
  public void configure(WorkerConfig config) {
    Object offset = config.originals().get(PROPERTY);
    if (offset != null) {
      given = ByteBuffer.wrap(offset.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public synchronized Future<Map<ByteBuffer, ByteBuffer>> get(Collection<ByteBuffer> keys) {
    Map<ByteBuffer, ByteBuffer> found = new HashMap<>();
    for (ByteBuffer key : keys) {
      ByteBuffer value = stored.getOrDefault(key, given);
      found.put(key, value == null ? null : value.duplicate());
    }
    return CompletableFuture.completedFuture(found);
  }

  @Override
  public synchronized Future<Void> set(
      Map<ByteBuffer, ByteBuffer> values, Callback<Void> callback) {
    stored.putAll(values);
    callback.onCompletion(null, null);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public Set<Map<String, Object>> connectorPartitions(String connector) {
    return Set.of();
  }

  @Override
  public void start() {
    // nothing to open
  }

  @Override
  public void stop() {
    // nothing to close
  }
}
