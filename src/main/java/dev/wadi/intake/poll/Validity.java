package dev.wadi.intake.poll;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** What of an answer a page may be asked by again. */
final class Validity {

  private Validity() {}

  /**
   * When the page had changed; null if that doesn't tell it from a later one. It has whole seconds,
   * so of a page without an ETag it does so only if none could come in the same second any more
   * (RFC 9110, 8.8.2.2).
   */
  static String lastModified(Api.Answer answer) {
    String text = answer.header("last-modified").orElse(null);
    return answer.header("etag").isPresent() || isOver(text, answer) ? text : null;
  }

  private static boolean isOver(String lastModified, Api.Answer answer) {
    Optional<Instant> changed = Optional.ofNullable(lastModified).flatMap(Validity::instant);
    Optional<Instant> answered = answer.header("date").flatMap(Validity::instant);
    return changed.isPresent()
        && answered.isPresent()
        && answered.get().isAfter(changed.get().plusSeconds(1));
  }

  /** A time as HTTP has it, if it is one. */
  static Optional<Instant> instant(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text.trim(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
