package dev.wadi.simulator;

import java.util.Objects;

/**
 * One emitted event.
 *
 * @param bytes UTF-8 in one line; never changed after construction, so they are not copied
 * @param kind what, if anything, is wrong with it
 * @param json whether the bytes are JSON, so that they can be an element of an array
 */
public record Emission(byte[] bytes, Kind kind, boolean json) {

  /** What an emission is. */
  public enum Kind {
    /** An event of the factory, in time. */
    GENUINE,
    /** A copy of an event that was emitted before. */
    DUPLICATE,
    /** The id and source of an event that was emitted before, with another payload. */
    CONFLICT,
    /** Not an event that can be decoded. */
    MALFORMED,
    /** An event of the factory, hours or days after its timestamp. */
    LATE
  }

  public Emission {
    Objects.requireNonNull(bytes, "bytes");
    Objects.requireNonNull(kind, "kind");
  }
}
