package dev.wadi.land.format;

import dev.wadi.ops.StageTimes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * JSON lines: an object a row, with a member for each column that has a value in it. Text is a
 * string, also where it is JSON itself; moments are ISO 8601 in UTC with microseconds; doubles that
 * JSON has no number for are the strings {@code "NaN"}, {@code "Infinity"} and {@code "-Infinity"}.
 */
public final class JsonLinesFormat extends TextFormat {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** What follows the backslash of a character; 0 for none, {@code u} for four digits. */
  private static final byte[] ESCAPES = new byte[256];

  static {
    java.util.Arrays.fill(ESCAPES, 0, 0x20, (byte) 'u');
    ESCAPES['\n'] = 'n';
    ESCAPES['\r'] = 'r';
    ESCAPES['\t'] = 't';
    ESCAPES['"'] = '"';
    ESCAPES['\\'] = '\\';
  }

  /**
   * @param compression of the whole file
   */
  public JsonLinesFormat(Compression compression) {
    this(compression, StageTimes.OFF);
  }

  JsonLinesFormat(Compression compression, StageTimes times) {
    super("jsonl", compression, times);
  }

  @Override
  void write(Rows rows, TextOutput out) throws IOException {
    List<Field> fields = rows.fields();
    List<Integer> order = rows.order();
    byte[][] names = new byte[fields.size()][];
    for (int at = 0; at < names.length; at++) {
      names[at] = name(fields.get(at).name());
    }
    Cell[] cells = new Cell[names.length];
    for (Chunk chunk : rows.chunks()) {
      for (int at = 0; at < cells.length; at++) {
        cells[at] = Cell.of(fields.get(at).type(), chunk.columnOrNull(order.get(at)));
      }
      for (int row = 0; row < chunk.rows(); row++) {
        write(cells, names, row, out);
      }
    }
  }

  private static void write(Cell[] cells, byte[][] names, int row, TextOutput out)
      throws IOException {
    char before = '{';
    for (int at = 0; at < cells.length; at++) {
      Cell cell = cells[at];
      if (cell != null && cell.isSet(row)) {
        out.put(before);
        before = ',';
        out.put(names[at]);
        write(cell, row, out);
      }
    }
    if (before == '{') {
      out.put(before);
    }
    out.put('}');
    out.put('\n');
  }

  private static void write(Cell cell, int row, TextOutput out) throws IOException {
    switch (cell.type()) {
      case TEXT -> text(cell.bytes(), cell.from(row), cell.to(row), out);
      case BIGINT -> out.put(cell.number(row));
      case DOUBLE -> {
        double value = cell.decimal(row);
        out.put(Double.isFinite(value) ? Double.toString(value) : "\"" + value + "\"");
      }
      case BOOLEAN -> out.put(cell.bit(row) ? "true" : "false");
      case TIMESTAMP -> {
        out.put('"');
        out.putInstant(cell.number(row));
        out.put('"');
      }
    }
  }

  /** What is not ASCII stands as it is, in UTF-8. */
  private static void text(byte[] utf8, int from, int to, TextOutput out) throws IOException {
    out.put('"');
    int plain = from;
    for (int at = from; at < to; at++) {
      byte escape = ESCAPES[utf8[at] & 0xff];
      if (escape != 0) {
        out.put(utf8, plain, at - plain);
        plain = at + 1;
        out.put('\\');
        out.put((char) escape);
        if (escape == 'u') {
          out.put('0');
          out.put('0');
          out.put((char) HEX[utf8[at] >> 4]);
          out.put((char) HEX[utf8[at] & 0xf]);
        }
      }
    }
    out.put(utf8, plain, to - plain);
    out.put('"');
  }

  private static byte[] name(String name) {
    byte[] utf8 = Utf8.of(name);
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    try (TextOutput out = new TextOutput(bytes)) {
      text(utf8, 0, utf8.length, out);
      out.put(':');
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("an array can be written to", e);
    }
    return bytes.toByteArray();
  }
}
