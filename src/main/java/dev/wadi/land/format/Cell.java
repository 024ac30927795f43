package dev.wadi.land.format;

import dev.wadi.event.ColumnType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads the values of one column of a sealed chunk, row by row. */
final class Cell {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final ColumnType type;
  private final byte[] validity;
  private final byte[] data;
  private final int[] offsets;

  private Cell(ColumnType type, ColumnBuffer column) {
    this.type = type;
    this.validity = column.validity();
    this.data = column.data();
    this.offsets = column.offsets();
  }

  /** Null for a column that has no value in the chunk. */
  static Cell of(ColumnType type, ColumnBuffer column) {
    return column == null ? null : new Cell(type, column);
  }

  ColumnType type() {
    return type;
  }

  boolean isSet(int row) {
    return isSet(validity, row);
  }

  /** The bytes of all texts, which stand from {@link #from} to {@link #to} there. */
  byte[] bytes() {
    return data;
  }

  int from(int row) {
    return offsets[row];
  }

  int to(int row) {
    return offsets[row + 1];
  }

  /** A BIGINT, or a TIMESTAMP's microseconds. */
  long number(int row) {
    return (long) LONG.get(data, row * Long.BYTES);
  }

  double decimal(int row) {
    return Double.longBitsToDouble(number(row));
  }

  boolean bit(int row) {
    return isSet(data, row);
  }

  private static boolean isSet(byte[] bits, int at) {
    return (bits[at >> 3] >> (at & 7) & 1) != 0;
  }
}
