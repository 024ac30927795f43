package dev.wadi.check;

/** What an exchange is about. */
enum Level {
  /** A source's batch, on its way to {@code stage}. */
  BATCH,
  /** One record of it, on its way to its outcome. */
  RECORD
}
