package dev.wadi.intake.kinesis;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.kinesis.checkpoint.Checkpoint;
import software.amazon.kinesis.exceptions.KinesisClientLibException;
import software.amazon.kinesis.processor.Checkpointer;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

/** The table in which the client library keeps checkpoints, for one shard, in memory. */
final class NotedCheckpoints implements Checkpointer {

  final List<String> written = new CopyOnWriteArrayList<>();

  /** What the next writes fail with. */
  final Queue<Exception> failures = new ConcurrentLinkedQueue<>();

  @Override
  public void setCheckpoint(String key, ExtendedSequenceNumber checkpoint, String token)
      throws KinesisClientLibException {
    Exception failure = failures.poll();
    if (failure instanceof KinesisClientLibException checked) {
      throw checked;
    }
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    written.add(
        checkpoint.isShardEnd()
            ? "end"
            : checkpoint.sequenceNumber() + "." + checkpoint.subSequenceNumber());
  }

  @Override
  public ExtendedSequenceNumber getCheckpoint(String key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Checkpoint getCheckpointObject(String key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void prepareCheckpoint(String key, ExtendedSequenceNumber checkpoint, String token) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void prepareCheckpoint(
      String key, ExtendedSequenceNumber checkpoint, String token, byte[] state) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void operation(String operation) {
    // only for the library's metrics
  }

  @Override
  public String operation() {
    return null;
  }
}
