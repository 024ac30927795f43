package dev.wadi.deduplicate.dynamodb;

import dev.wadi.event.TransientException;
import dev.wadi.ops.Backoff;
import dev.wadi.ops.Metrics;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Sends requests, and sends them again after what may pass: throttling, want of an answer, errors
 * of the server. A request may so be executed twice, and once more after it was given up.
 *
 * @param table its name, for people
 * @param backoff between two tries; each waits a random part of it
 * @param patience how long one request is tried
 */
record Requests(
    String table,
    Backoff backoff,
    Duration patience,
    Clock clock,
    RandomGenerator random,
    Metrics metrics) {

  /**
   * Sends a request until it is answered.
   *
   * @param operation for the metrics
   * @throws ConditionalCheckFailedException which is an answer
   * @throws TransientException when patience ends, or the thread is interrupted
   * @throws dev.wadi.event.SetupException if the table or a permission is missing
   */
  <T> T send(String operation, Supplier<T> request) {
    long end = end();
    for (int failures = 1; ; failures++) {
      metrics.count("wadi.claims.requests", "operation", operation, 1);
      try {
        return request.get();
      } catch (ConditionalCheckFailedException e) {
        throw e;
      } catch (SdkException e) {
        Failure failure = Failure.of(e);
        if (failure == Failure.FINAL) {
          throw Failure.mended(e, table);
        }
        metrics.count("wadi.claims.retries", "reason", failure.label(), 1);
        pause(failures, end, e);
      }
    }
  }

  /** When patience with something that begins now ends, in epoch milliseconds. */
  long end() {
    return clock.millis() + patience.toMillis();
  }

  /**
   * Waits before the next try.
   *
   * @throws TransientException if there is none, since it is too late
   */
  void pause(int failures, long end, Exception cause) {
    if (Thread.currentThread().isInterrupted() || clock.millis() >= end) {
      throw new TransientException(
          "the table " + table + " does not answer: " + cause.getMessage(), cause);
    }
    try {
      backoff.pause(failures, random);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransientException("stopped while waiting for the table " + table, e);
    }
  }
}
