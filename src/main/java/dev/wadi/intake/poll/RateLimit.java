package dev.wadi.intake.poll;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What an answer says of when the API may be asked again. */
final class RateLimit {

  /** Nobody is believed who says longer. */
  private static final Duration LONGEST = Duration.ofHours(24);

  /** A larger number is a time since 1970, a smaller one a span: APIs have both. */
  private static final long LEAST_EPOCH = 1_000_000_000;

  private RateLimit() {}

  /** Whether the answer is a refusal for too many requests. */
  static boolean refuses(Api.Answer answer) {
    return answer.status() == 429
        || answer.status() == 403 && (answer.header("retry-after").isPresent() || isUsedUp(answer));
  }

  /** How long to wait before the next request, if the answer says so. */
  static Optional<Duration> pause(Api.Answer answer, Instant now) {
    Optional<Duration> said = answer.header("retry-after").flatMap(text -> retryAfter(text, now));
    if (said.isEmpty() && (isUsedUp(answer) || answer.status() == 429)) {
      said =
          answer
              .header("x-ratelimit-reset")
              .or(() -> answer.header("ratelimit-reset"))
              .flatMap(text -> reset(text, now));
    }
    return said.map(pause -> pause.isNegative() ? Duration.ZERO : pause)
        .map(pause -> pause.compareTo(LONGEST) > 0 ? LONGEST : pause);
  }

  private static boolean isUsedUp(Api.Answer answer) {
    return answer
        .header("x-ratelimit-remaining")
        .or(() -> answer.header("ratelimit-remaining"))
        .map(String::trim)
        .equals(Optional.of("0"));
  }

  private static Optional<Duration> retryAfter(String text, Instant now) {
    if (text.trim().matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text.trim())));
    }
    return Validity.instant(text).map(then -> Duration.between(now, then));
  }

  private static Optional<Duration> reset(String text, Instant now) {
    if (!text.trim().matches("\\d{1,12}(\\.\\d+)?")) {
      return Optional.empty();
    }
    double number = Double.parseDouble(text.trim());
    long seconds = (long) Math.ceil(number);
    return Optional.of(
        seconds < LEAST_EPOCH
            ? Duration.ofSeconds(seconds)
            : Duration.between(now, Instant.ofEpochSecond(seconds)));
  }
}
