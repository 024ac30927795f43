package dev.wadi.land.format;

import dev.wadi.ops.StageTimes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * CSV as RFC 4180 has it, with a header, and with lines that end with a line feed alone. A null is
 * nothing at all, and an empty text is {@code ""}. Moments are ISO 8601 in UTC with microseconds;
 * doubles may be {@code NaN}, {@code Infinity} and {@code -Infinity}.
 *
 * <p>The columns that rows brought stand in the order of their names, so that files of the same
 * columns have the same header.
 */
public final class CsvFormat extends TextFormat {

  /**
   * @param compression of the whole file
   */
  public CsvFormat(Compression compression) {
    this(compression, StageTimes.OFF);
  }

  CsvFormat(Compression compression, StageTimes times) {
    super("csv", compression, times);
  }

  @Override
  void write(Rows rows, TextOutput out) throws IOException {
    List<Integer> order = order(rows);
    for (int at = 0; at < order.size(); at++) {
      if (at > 0) {
        out.put(',');
      }
      byte[] name = Utf8.of(rows.field(order.get(at)).name());
      text(name, 0, name.length, out);
    }
    out.put('\n');
    Cell[] cells = new Cell[order.size()];
    for (Chunk chunk : rows.chunks()) {
      for (int at = 0; at < cells.length; at++) {
        int number = order.get(at);
        cells[at] = Cell.of(rows.field(number).type(), chunk.columnOrNull(number));
      }
      for (int row = 0; row < chunk.rows(); row++) {
        write(cells, row, out);
      }
    }
  }

  private static List<Integer> order(Rows rows) {
    List<Integer> order = new ArrayList<>(rows.order());
    order
        .subList(rows.first(), order.size() - rows.last())
        .sort(Comparator.comparing(number -> rows.field(number).name()));
    return order;
  }

  private static void write(Cell[] cells, int row, TextOutput out) throws IOException {
    for (int at = 0; at < cells.length; at++) {
      if (at > 0) {
        out.put(',');
      }
      Cell cell = cells[at];
      if (cell != null && cell.isSet(row)) {
        write(cell, row, out);
      }
    }
    out.put('\n');
  }

  private static void write(Cell cell, int row, TextOutput out) throws IOException {
    switch (cell.type()) {
      case TEXT -> text(cell.bytes(), cell.from(row), cell.to(row), out);
      case BIGINT -> out.put(cell.number(row));
      case DOUBLE -> out.put(Double.toString(cell.decimal(row)));
      case BOOLEAN -> out.put(cell.bit(row) ? "true" : "false");
      case TIMESTAMP -> out.putInstant(cell.number(row));
    }
  }

  private static void text(byte[] utf8, int from, int to, TextOutput out) throws IOException {
    if (!mustBeQuoted(utf8, from, to)) {
      out.put(utf8, from, to - from);
      return;
    }
    out.put('"');
    int plain = from;
    for (int at = from; at < to; at++) {
      if (utf8[at] == '"') {
        out.put(utf8, plain, at + 1 - plain);
        plain = at;
      }
    }
    out.put(utf8, plain, to - plain);
    out.put('"');
  }

  private static boolean mustBeQuoted(byte[] utf8, int from, int to) {
    for (int at = from; at < to; at++) {
      byte octet = utf8[at];
      if (octet == '"' || octet == ',' || octet == '\n' || octet == '\r') {
        return true;
      }
    }
    return from == to;
  }
}
