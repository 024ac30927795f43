package dev.wadi.ops;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether a source reaches what it reads from, and whether what it hands over lands, for {@code
 * /health}. Starts as neither: nothing has been received and nothing has failed. Thread-safe.
 */
public final class SourceStatus {

  private final String source;
  private final Clock clock;
  private Instant lastSuccess;
  private Instant failingSince;
  private String lastError;
  private Instant holdingSince;
  private String holdingReason;

  /**
   * @param source the source's name, such as {@code sqs:events}
   */
  public SourceStatus(String source, Clock clock) {
    this.source = source;
    this.clock = clock;
  }

  public String source() {
    return source;
  }

  /** A receive has succeeded, with or without messages. */
  public synchronized void succeeded() {
    lastSuccess = clock.instant();
    failingSince = null;
    lastError = null;
  }

  /** A receive has failed. */
  public synchronized void failed(String error) {
    lastError = error;
    failingSince = failingSince == null ? clock.instant() : failingSince;
  }

  /** When a receive succeeded last. */
  public synchronized Optional<Instant> lastSuccess() {
    return Optional.ofNullable(lastSuccess);
  }

  /** Since when every receive has failed; empty if the last one succeeded. */
  public synchronized Optional<Instant> failingSince() {
    return Optional.ofNullable(failingSince);
  }

  /** Why the last receive failed; empty if it succeeded. */
  public synchronized Optional<String> lastError() {
    return Optional.ofNullable(lastError);
  }

  /** A batch has failed, and is held to be tried again. */
  public synchronized void heldBack(String why) {
    holdingReason = why;
    holdingSince = holdingSince == null ? clock.instant() : holdingSince;
  }

  /** A batch has landed. */
  public synchronized void landed() {
    holdingSince = null;
    holdingReason = null;
  }

  /** Since when every batch that ended has failed; empty if the last one landed. */
  public synchronized Optional<Instant> holdingSince() {
    return Optional.ofNullable(holdingSince);
  }

  /** Why the last batch failed; empty if it landed. */
  public synchronized Optional<String> holdingReason() {
    return Optional.ofNullable(holdingReason);
  }
}
