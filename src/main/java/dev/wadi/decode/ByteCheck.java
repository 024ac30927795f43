package dev.wadi.decode;

import dev.wadi.decode.Parsed.Fault;
import java.util.Arrays;

/** What must be true of the bytes before the parser sees them, since it would guess or let pass. */
final class ByteCheck {

  /** As many bytes as the parser looks at to guess between UTF-8, UTF-16 and UTF-32. */
  private static final int ENCODING_GUESS_BYTES = 4;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private ByteCheck() {}

  /** What is wrong with the bytes, or null. */
  static Fault check(byte[] bytes, int maxBytes) {
    if (bytes.length > maxBytes) {
      return new Fault(
          Reason.TOO_LARGE,
          "bytes",
          "the event has " + bytes.length + " bytes; at most " + maxBytes + " are taken");
    }
    for (int i = 0; i < Math.min(bytes.length, ENCODING_GUESS_BYTES); i++) {
      if (bytes[i] == 0) {
        return new Fault(
            Reason.INVALID_UTF8, null, "a zero byte at " + i + ", as in UTF-16: send UTF-8");
      }
    }
    int invalid = Unicode.firstInvalid(bytes);
    if (invalid >= 0) {
      return new Fault(
          Reason.INVALID_UTF8,
          null,
          String.format("byte %d (0x%02X) is not UTF-8", invalid, bytes[invalid]));
    }
    // RFC 8259 forbids to send it, and readers of the stored document stumble over it
    return startsWithByteOrderMark(bytes)
        ? new Fault(Reason.NOT_JSON, null, "a byte order mark stands at the start: leave it out")
        : null;
  }

  private static boolean startsWithByteOrderMark(byte[] bytes) {
    return bytes.length >= BYTE_ORDER_MARK.length
        && Arrays.equals(
            bytes, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
  }
}
