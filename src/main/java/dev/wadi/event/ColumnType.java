package dev.wadi.event;

import java.time.Instant;

/** The types that a column of the lake can have. */
public enum ColumnType {
  /** UTF-8 text; Java String, or its bytes. */
  TEXT,
  /** 64-bit signed integer; Java Long. */
  BIGINT,
  /** 64-bit floating point; Java Double. */
  DOUBLE,
  /** Java Boolean. */
  BOOLEAN,
  /** An instant in UTC with microseconds; Java Instant. */
  TIMESTAMP;

  /**
   * The type that holds a value.
   *
   * @throws IllegalArgumentException if none does
   */
  public static ColumnType of(Object value) {
    if (value instanceof String || value instanceof byte[]) {
      return TEXT;
    }
    if (value instanceof Long) {
      return BIGINT;
    }
    if (value instanceof Double) {
      return DOUBLE;
    }
    if (value instanceof Boolean) {
      return BOOLEAN;
    }
    if (value instanceof Instant) {
      return TIMESTAMP;
    }
    throw new IllegalArgumentException("no column holds a " + value.getClass().getName());
  }
}
