package dev.wadi.land.format;

import dev.wadi.event.ColumnType;
import java.util.Arrays;

/**
 * A run of a file's rows. Rows are kept in chunks of bounded size, so that no array of a large file
 * is ever copied as a whole to grow.
 */
final class Chunk {

  private ColumnBuffer[] columns = new ColumnBuffer[32];
  private final int expectedRows;
  private final RowMemory memory;
  private int rows;
  private long bytes;

  /**
   * @param expectedRows how many rows it will have, if it is known
   */
  Chunk(int expectedRows, RowMemory memory) {
    this.expectedRows = expectedRows;
    this.memory = memory;
  }

  /** The buffer of a column by its number, made when it is first asked for. */
  ColumnBuffer column(int number, ColumnType type) {
    ColumnBuffer known = columnOrNull(number);
    return known != null ? known : make(number, type);
  }

  private ColumnBuffer make(int number, ColumnType type) {
    if (number >= columns.length) {
      columns = Arrays.copyOf(columns, Math.max(number + 1, columns.length * 2));
    }
    columns[number] = new ColumnBuffer(type, expectedRows, memory);
    return columns[number];
  }

  /** The buffer of a column, or null if all of it is null here. */
  ColumnBuffer columnOrNull(int number) {
    return number < columns.length ? columns[number] : null;
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

  void release() {
    for (ColumnBuffer column : columns) {
      if (column != null) {
        column.release();
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
