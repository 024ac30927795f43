package dev.wadi.intake.file;

import java.io.IOException;

/** A compressed file can't be decompressed any further. The message says where and why. */
final class DamagedContentException extends IOException {

  private final String reason;

  /**
   * @param reason a code such as {@code corrupt_gzip}
   */
  DamagedContentException(String reason, String message) {
    super(message);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
