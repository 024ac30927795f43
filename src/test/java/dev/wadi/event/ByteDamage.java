package dev.wadi.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Damages bytes as disks, networks, editors and programmers do. */
public final class ByteDamage {

  /** What may stand anywhere in an event, and mostly should not. */
  private static final List<String> TOKENS =
      List.of(
          "null",
          "true",
          "truex",
          "0",
          "-1",
          "1e999",
          "99999999999999999999",
          "\"\"",
          "{}",
          "[]",
          "[[[[",
          "{\"a\":",
          "}",
          "]",
          ",",
          ":",
          "\"",
          "\\",
          "\\x",
          "\\u12",
          "\\ud800",
          "\\udc00",
          "\\u0000",
          "\0",
          "\u0001",
          "\ufeff",
          "\u00e9",
          "\ud83d\ude00",
          "NaN",
          "/*",
          "//",
          "\n",
          " ",
          "{} ",
          "\"id\":1,");

  private static final List<String> NOT_UTF8 =
      List.of("80", "c0af", "e0809f", "f0808080", "eda080", "f4908080", "c3", "e282", "ff", "fe");

  private final Random random;

  public ByteDamage(Random random) {
    this.random = random;
  }

  /** The bytes after one to three damages; those that were given may be changed. */
  public byte[] damaged(byte[] whole) {
    byte[] bytes = whole;
    for (int change = random.nextInt(3); change >= 0 && bytes.length > 0; change--) {
      int at = random.nextInt(bytes.length);
      int to = Math.min(bytes.length, at + random.nextInt(12));
      bytes =
          switch (random.nextInt(12)) {
            case 0 -> spliced(bytes, at, at + 1, new byte[] {(byte) random.nextInt(256)});
            case 1, 2 -> flipped(bytes, at);
            case 3 -> Arrays.copyOf(bytes, at);
            case 4 -> spliced(bytes, at, to, new byte[0]);
            case 5 -> spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, to));
            case 6 -> spliced(bytes, at, to, token());
            case 7 -> spliced(bytes, at, at, notUtf8());
            case 8 -> spliced(bytes, at, at, new byte[1]);
            case 9 -> spliced(bytes, 0, 0, "\ufeff".getBytes(StandardCharsets.UTF_8));
            case 10 -> spliced(bytes, bytes.length, bytes.length, token());
            default -> withOtherValue(bytes, at, token());
          };
    }
    return bytes;
  }

  private byte[] flipped(byte[] bytes, int at) {
    bytes[at] ^= (byte) (1 << random.nextInt(8));
    return bytes;
  }

  private byte[] token() {
    return TOKENS.get(random.nextInt(TOKENS.size())).getBytes(StandardCharsets.UTF_8);
  }

  private byte[] notUtf8() {
    return HexFormat.of().parseHex(NOT_UTF8.get(random.nextInt(NOT_UTF8.size())));
  }

  /** Puts a token where the next value stands: a whole value of another type, often. */
  private static byte[] withOtherValue(byte[] bytes, int from, byte[] token) {
    int at = from;
    while (at < bytes.length && bytes[at] != ':') {
      at++;
    }
    int to = at;
    while (to < bytes.length && bytes[to] != ',' && bytes[to] != '}') {
      to++;
    }
    return spliced(bytes, Math.min(at + 1, bytes.length), to, token);
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte[] between) {
    int end = Math.max(from, to);
    byte[] spliced = Arrays.copyOf(bytes, from + between.length + bytes.length - end);
    System.arraycopy(between, 0, spliced, from, between.length);
    System.arraycopy(bytes, end, spliced, from + between.length, bytes.length - end);
    return spliced;
  }
}
