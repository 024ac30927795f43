package dev.wadi.intake.file;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;

/**
 * The first bytes of a file's content, by which its format is told.
 *
 * @param bytes as many as are looked at, or all
 * @param whole whether these are all
 */
record ContentHead(byte[] bytes, boolean whole) {

  private static final int LOOKED_AT = 64 << 10;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /** What can be unpacked of the head of a file; damage ends it, and is found again by reading. */
  static ContentHead of(byte[] packed, Compression compression) throws IOException {
    byte[] bytes = new byte[LOOKED_AT];
    int length = 0;
    try (InputStream content = compression.unpack(new ByteArrayInputStream(packed))) {
      int read = 0;
      while (read >= 0 && length < LOOKED_AT) {
        length += read;
        read = content.read(bytes, length, LOOKED_AT - length);
      }
      return new ContentHead(Arrays.copyOf(bytes, length), read < 0);
    } catch (DamagedContentException e) {
      return new ContentHead(Arrays.copyOf(bytes, length), true);
    }
  }

  /** Where the content begins: behind a byte order mark. */
  int start() {
    return startOf(bytes, bytes.length);
  }

  static int startOf(byte[] bytes, int length) {
    int mark = BYTE_ORDER_MARK.length;
    boolean marked = length >= mark && Arrays.equals(bytes, 0, mark, BYTE_ORDER_MARK, 0, mark);
    return marked ? mark : 0;
  }

  /**
   * The format, by what the content begins with; by the name only where that says nothing.
   *
   * <p>Objects one after the other are taken for lines unless the first line is nothing but a
   * brace, as in JSON that is laid out for people.
   */
  Format format(String name) {
    int at = Newline.skipBlanks(bytes, start(), bytes.length);
    if (at == bytes.length) {
      return Format.JSON_LINES;
    }
    int end = Newline.find(bytes, at, bytes.length);
    int next = Newline.skipBlanks(bytes, end, bytes.length);
    byte follows = next < bytes.length ? bytes[next] : 0;
    if (bytes[at] == '[') {
      return Format.JSON;
    }
    if (bytes[at] == '{') {
      boolean alone = Newline.skipBlanks(bytes, at + 1, end) == end;
      return alone && (follows == '"' || follows == '}') ? Format.JSON : Format.JSON_LINES;
    }
    String lower = name.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|zst)$", "");
    if (lower.endsWith(".csv")) {
      return Format.CSV;
    }
    boolean json = lower.matches(".*\\.(json|jsonl|ndjson)") || follows == '{' || follows == '[';
    int textEnd = bytes[end - 1] == '\r' ? end - 1 : end;
    return !json && CsvHeader.mayBe(Arrays.copyOfRange(bytes, at, textEnd))
        ? Format.CSV
        : Format.JSON_LINES;
  }
}
