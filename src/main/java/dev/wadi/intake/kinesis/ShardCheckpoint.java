package dev.wadi.intake.kinesis;

import dev.wadi.intake.Outage;
import dev.wadi.ops.Backoff;
import dev.wadi.ops.Failpoint;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.kinesis.exceptions.InvalidStateException;
import software.amazon.kinesis.exceptions.KinesisClientLibDependencyException;
import software.amazon.kinesis.exceptions.ShutdownException;
import software.amazon.kinesis.exceptions.ThrottlingException;
import software.amazon.kinesis.processor.RecordProcessorCheckpointer;

/**
 * Moves the checkpoint of one shard behind what has landed: the newest position at a time, tried
 * again if it fails, and left where it is once the lease is lost. If it stays behind, the records
 * come again and are known as redelivered. Thread-safe.
 */
final class ShardCheckpoint {

  private static final Logger LOG = LoggerFactory.getLogger(ShardCheckpoint.class);

  private final String shard;
  private final Backoff pauses;
  private final ScheduledExecutorService threads;
  private final AtomicBoolean queued = new AtomicBoolean();
  private volatile RecordProcessorCheckpointer checkpointer;
  private volatile Position wanted;
  private volatile boolean closed;
  private Position written;
  private int failures;

  ShardCheckpoint(String shard, Backoff pauses, ScheduledExecutorService threads) {
    this.shard = shard;
    this.pauses = pauses;
    this.threads = threads;
  }

  /** What to write by, as each call of the client library brings it. */
  void use(RecordProcessorCheckpointer given) {
    checkpointer = given;
  }

  /** All up to a position has landed; it is written soon. Positions come in order. */
  void landed(Position to) {
    wanted = to;
    queue(0);
  }

  /** Writes what is still to be written, once and at once. */
  void now() {
    write();
  }

  /**
   * Writes that the shard has ended and everything of it has landed.
   *
   * @return false if the lease is lost
   */
  boolean shardEnd() throws InterruptedException {
    return pauses.untilItSucceeds(
        () -> {
          synchronized (this) {
            try {
              checkpointer.checkpoint();
              closed = true;
              return true;
            } catch (ShutdownException e) {
              closed = true;
              return false;
            }
          }
        },
        e -> LOG.warn("the end of {} can't be noted, it is tried again: {}", shard, e.toString()));
  }

  /** Writes nothing more. */
  void close() {
    closed = true;
  }

  private void queue(long delayMillis) {
    if (!closed && queued.compareAndSet(false, true)) {
      threads.schedule(this::writeQueued, delayMillis, TimeUnit.MILLISECONDS);
    }
  }

  private void writeQueued() {
    queued.set(false);
    if (!write()) {
      queue(pauses.delay(failures()).toMillis());
    }
  }

  private synchronized int failures() {
    return failures;
  }

  /** Whether nothing is left to be written. */
  private synchronized boolean write() {
    Position to = wanted;
    if (closed || to == null || to.equals(written)) {
      return true;
    }
    Failpoint.reach("acknowledging");
    try {
      checkpointer.checkpoint(to.sequence().toString(), to.sub());
      written = to;
      failures = 0;
      return true;
    } catch (ShutdownException e) {
      closed = true;
      LOG.info("the lease of {} is lost, its checkpoint stays behind {}", shard, to);
      return true;
    } catch (ThrottlingException | KinesisClientLibDependencyException | InvalidStateException e) {
      failures++;
      LOG.warn("the checkpoint of {} is tried again: {}", shard, e.toString());
      return false;
    } catch (RuntimeException e) {
      failures++;
      if (Outage.isCauseOf(e)) {
        // the library lets them through where it could not make one of its own of them
        LOG.warn("the checkpoint of {} is tried again: {}", shard, e.toString());
      } else {
        LOG.error("the checkpoint {} of {} is tried again", to, shard, e);
      }
      return false;
    }
  }
}
