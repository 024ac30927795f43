package dev.wadi.event;

import java.util.List;

/**
 * Who may land which event: the atomic answer to "is it there already?".
 *
 * <p>A claim is held by a batch from the moment it is given until the batch's commit confirms it or
 * it is released. Thread-safe.
 */
public interface Claims {

  /** The answer to a claim. */
  sealed interface Answer {}

  /** Nobody had it: the batch holds the claim now. */
  record Fresh() implements Answer {}

  /** It has landed with the same payload. */
  record LandedSame() implements Answer {}

  /** It has landed with another payload. */
  record LandedOther(long landedPayloadHash) implements Answer {}

  /**
   * A batch holds the claim and has not ended; possibly the asking batch itself. The copy stays
   * undecided until that batch's commit stands or its claim is released.
   */
  record InFlight(Batch owner, SourceRecord ownerRecord, long payloadHash) implements Answer {}

  /**
   * Claims a key for a record. Asked again by the record that holds the claim, it answers {@link
   * Fresh}.
   */
  Answer claim(Batch batch, SourceRecord record, EventKey key, long payloadHash);

  /** Gives up the claim on a key if this record holds it; otherwise does nothing. */
  void release(Batch batch, SourceRecord record, EventKey key);

  /** Gives up every claim that a batch still holds; idempotent. */
  void releaseAll(Batch batch);

  /**
   * Makes what a commit landed known for good, and ends the claims on it. Durable on return.
   *
   * @param commit the id of the commit, which stands already; confirming it twice is once
   */
  void confirm(String commit, List<LandedKey> landed);

  /** What one landed row leaves behind. */
  record LandedKey(EventKey key, long payloadHash) {}
}
