package dev.wadi.land;

import java.nio.charset.StandardCharsets;

/** Values of partitions in the names of folders. */
final class PartitionValue {

  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private PartitionValue() {}

  /**
   * Percent-encodes every byte that isn't an ASCII letter, digit, {@code _}, {@code -} or {@code
   * .}, as readers of Hive partitions decode it, so that no value leaves its folder.
   *
   * @param most bytes; what remains too long is cut behind a whole character, and the column holds
   *     it whole
   */
  static String escape(String value, int most) {
    if (value.equals(".") || value.equals("..")) {
      return value.replace(".", "%2E");
    }
    if (value.length() <= most && value.chars().allMatch(PartitionValue::isPlain)) {
      return value;
    }
    StringBuilder escaped = new StringBuilder(value.length() + 16);
    int character;
    for (int at = 0; at < value.length(); at += Character.charCount(character)) {
      character = value.codePointAt(at);
      int before = escaped.length();
      if (isPlain(character)) {
        escaped.append((char) character);
      } else {
        percent(Character.toString(character), escaped);
      }
      if (escaped.length() > most) {
        escaped.setLength(before);
        break;
      }
    }
    return escaped.toString();
  }

  private static void percent(String character, StringBuilder escaped) {
    for (byte octet : character.getBytes(StandardCharsets.UTF_8)) {
      escaped.append('%').append(HEX[octet >> 4 & 0xf]).append(HEX[octet & 0xf]);
    }
  }

  private static boolean isPlain(int character) {
    return character >= 'a' && character <= 'z'
        || character >= 'A' && character <= 'Z'
        || character >= '0' && character <= '9'
        || character == '_'
        || character == '-'
        || character == '.';
  }
}
