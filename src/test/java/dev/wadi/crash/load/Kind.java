package dev.wadi.crash.load;

/** What is expected of an item that is sent. */
public enum Kind {
  /** The first of its key. */
  UNIQUE,
  /** A further one of its key, with an equal payload. */
  COPY,
  /** A further one of its key, with another payload. */
  CONFLICT,
  /** What can't be decoded. */
  POISON
}
