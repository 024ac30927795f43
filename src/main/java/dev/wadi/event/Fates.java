package dev.wadi.event;

import java.util.Optional;

/** What becomes of commits, those of other processes among them. Thread-safe. */
public interface Fates {

  /** The two ways in which a commit can end; each is final. */
  enum Fate {
    STANDS,
    GIVEN_UP
  }

  /**
   * A commit's fate.
   *
   * @return empty as long as it is not settled
   * @throws TransientException if the lake doesn't answer
   */
  Optional<Fate> of(String commit);

  /**
   * Gives a commit up, unless it stands: its marker is put as ABORTED if it has none, and what it
   * had published is undone. A process that is still at work on it finds out at its own marker.
   *
   * @throws TransientException if the lake doesn't answer; may be called again
   */
  Fate settle(String commit);
}
