package dev.wadi.event;

/** The types that a column of the lake can have. */
public enum ColumnType {
  /** UTF-8 text; Java String. */
  TEXT,
  /** 64-bit signed integer; Java Long. */
  BIGINT,
  /** 64-bit floating point; Java Double. */
  DOUBLE,
  /** Java Boolean. */
  BOOLEAN,
  /** An instant in UTC with microseconds; Java Instant. */
  TIMESTAMP
}
