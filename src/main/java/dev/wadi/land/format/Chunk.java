package dev.wadi.land.format;

import dev.wadi.event.ColumnType;
import java.util.ArrayList;
import java.util.List;

/**
 * A run of a file's rows. Rows are kept in chunks of bounded size, so that no array of a large file
 * is ever copied as a whole to grow.
 */
final class Chunk {

  private final List<ColumnBuffer> columns = new ArrayList<>();
  private int rows;
  private long bytes;

  /** The buffer of a column by its number, made when it is first asked for. */
  ColumnBuffer column(int number, ColumnType type) {
    while (columns.size() <= number) {
      columns.add(null);
    }
    ColumnBuffer column = columns.get(number);
    if (column == null) {
      column = new ColumnBuffer(type);
      columns.set(number, column);
    }
    return column;
  }

  /** The buffer of a column, or null if all of it is null here. */
  ColumnBuffer columnOrNull(int number) {
    return number < columns.size() ? columns.get(number) : null;
  }

  void added(long size) {
    bytes += size;
  }

  void endRow() {
    rows++;
  }

  void seal() {
    for (ColumnBuffer column : columns) {
      if (column != null) {
        column.seal(rows);
      }
    }
  }

  int rows() {
    return rows;
  }

  long bytes() {
    return bytes;
  }
}
