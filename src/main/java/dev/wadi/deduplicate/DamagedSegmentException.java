package dev.wadi.deduplicate;

import java.io.IOException;

/** A segment's file isn't what was written. The message says how that shows. */
final class DamagedSegmentException extends IOException {

  DamagedSegmentException(String message) {
    super(message);
  }
}
