package dev.wadi.deduplicate;

import dev.wadi.event.Claims;
import org.apache.camel.ExchangeProperty;

/**
 * What a route's {@code choice} asks behind {@code idempotentConsumer}, as a bean: {@code method:
 * {ref: claimAnswers, method: isConflict}}. Also right with Camel's own repositories, which only
 * mark duplicates.
 */
public final class ClaimAnswers {

  private static final String CLAIM = dev.wadi.event.ExchangeProperty.CLAIM;

  /** Whether the event has landed already with the same payload, as far as the repository knows. */
  public boolean isDuplicate(
      @ExchangeProperty(CLAIM) Claims.Answer answer,
      @ExchangeProperty("CamelDuplicateMessage") Boolean marked) {
    return answer == null ? Boolean.TRUE.equals(marked) : answer instanceof Claims.LandedSame;
  }

  /** Whether an event with its key but another payload has landed already. */
  public boolean isConflict(@ExchangeProperty(CLAIM) Claims.Answer answer) {
    return answer instanceof Claims.LandedOther;
  }
}
