package dev.wadi.land.format;

import dev.wadi.event.TransientException;
import java.nio.file.Path;
import java.util.Locale;

/** Says in one line which file can't be written and what to do about it. */
final class WriteFailure {

  private WriteFailure() {}

  static TransientException of(Path file, Exception cause) {
    String message =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    String reason = message.lines().findFirst().orElse("");
    String lower = reason.toLowerCase(Locale.ROOT);
    if (lower.contains("no space left") || lower.contains("quota exceeded")) {
      return new TransientException(
          "no space left on %s for %s: free some or set --data"
              .formatted(file.getParent(), file.getFileName()),
          cause);
    }
    return new TransientException("can't write %s: %s".formatted(file, reason), cause);
  }
}
