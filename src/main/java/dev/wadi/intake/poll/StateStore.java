package dev.wadi.intake.poll;

import java.util.Optional;

/** Where the state is kept. Both throw TransientException if it can't be reached. */
public interface StateStore {

  /** What was last put; empty if nothing was. */
  Optional<byte[]> get();

  /** Puts it in the place of what was there; it is durable when this returns. */
  void put(byte[] state);
}
