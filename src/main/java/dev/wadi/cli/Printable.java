package dev.wadi.cli;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Somebody else's text and bytes, so that they can't steer a terminal. */
final class Printable {

  private static final int BYTES_A_LINE = 16;

  private Printable() {}

  /** A text in one line, its control characters as escapes. */
  static String line(String text) {
    if (text.chars().noneMatch(Character::isISOControl)) {
      return text;
    }
    StringBuilder line = new StringBuilder(text.length() + 8);
    text.chars().forEach(c -> line.append(shown((char) c)));
    return line.toString();
  }

  /** Bytes as the text that they are, or else as a hex dump; ends with a line end. */
  static String lines(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.chars().allMatch(c -> !Character.isISOControl(c) || "\n\r\t".indexOf(c) >= 0)) {
        return text.endsWith("\n") ? text : text + "\n";
      }
    } catch (CharacterCodingException e) {
      // no text: shown as bytes
    }
    return hexDump(bytes);
  }

  private static String shown(char c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> Character.isISOControl(c) ? String.format("\\x%02x", (int) c) : String.valueOf(c);
    };
  }

  private static String hexDump(byte[] bytes) {
    StringBuilder dump = new StringBuilder();
    for (int from = 0; from < bytes.length; from += BYTES_A_LINE) {
      StringBuilder hex = new StringBuilder();
      StringBuilder text = new StringBuilder();
      for (int i = from; i < Math.min(bytes.length, from + BYTES_A_LINE); i++) {
        hex.append(String.format("%02x ", bytes[i]));
        text.append(bytes[i] >= ' ' && bytes[i] < 127 ? (char) bytes[i] : '.');
      }
      dump.append(String.format("%08x  %-48s |%s|\n", from, hex, text));
    }
    return dump.toString();
  }
}
