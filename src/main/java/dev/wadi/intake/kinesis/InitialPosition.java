package dev.wadi.intake.kinesis;

import dev.wadi.event.SetupException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Date;
import java.util.Locale;
import software.amazon.kinesis.common.InitialPositionInStream;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;

/**
 * Where the reading of a stream begins: {@code TRIM_HORIZON} is its oldest record, {@code LATEST}
 * what comes from now on, and a time such as {@code 2026-11-21T00:00:00Z} what came since.
 */
record InitialPosition(InitialPositionInStreamExtended position) {

  /**
   * Reads it.
   *
   * @throws SetupException if it is none
   */
  static InitialPosition parse(String text) {
    String name = text.trim().toUpperCase(Locale.ROOT).replace('-', '_');
    if (name.equals("TRIM_HORIZON") || name.equals("LATEST")) {
      return new InitialPosition(
          InitialPositionInStreamExtended.newInitialPosition(
              InitialPositionInStream.valueOf(name)));
    }
    try {
      return new InitialPosition(
          InitialPositionInStreamExtended.newInitialPositionAtTimestamp(
              Date.from(Instant.parse(text.trim()))));
    } catch (DateTimeParseException e) {
      throw new SetupException(
          "the initial position must be TRIM_HORIZON, LATEST or a time such as"
              + " 2026-11-21T00:00:00Z, not "
              + text,
          e);
    }
  }
}
