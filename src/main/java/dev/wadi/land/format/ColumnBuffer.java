package dev.wadi.land.format;

import dev.wadi.event.ColumnType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * One column of a chunk, on the heap in Arrow's layout, so that it is handed over by copying three
 * arrays: a bit per row that says whether there is a value, the values, and for text where each
 * begins. Rows that are passed over are null.
 */
final class ColumnBuffer {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int FIRST_ROWS = 16;
  private static final int[] NONE = {};

  private final RowMemory memory;
  private final boolean text;
  private final boolean bits;
  private byte[] validity;
  private byte[] data;
  private int[] offsets;
  private int length;
  private int rows;
  private int values;

  /** How much of the arrays of bits is zero where nothing was set. */
  private int cleared;

  private int dataCleared;

  /**
   * @param expectedRows how many rows there will be, if it is known, so that nothing has to grow
   * @param memory where the arrays come from
   */
  ColumnBuffer(ColumnType type, int expectedRows, RowMemory memory) {
    int first = Math.max(FIRST_ROWS, expectedRows);
    this.memory = memory;
    this.text = type == ColumnType.TEXT;
    this.bits = type == ColumnType.BOOLEAN;
    this.validity = memory.zeros(bytesOfBits(first));
    this.cleared = bytesOfBits(first);
    this.data = bits ? memory.zeros(bytesOfBits(first)) : memory.bytes(first * 8);
    this.dataCleared = bits ? bytesOfBits(first) : 0;
    this.offsets = text ? memory.numbers(first + 1) : NONE;
    if (text) {
      offsets[0] = 0;
    }
  }

  /** Gives the arrays back; the column is of no use then. */
  void release() {
    memory.giveBack(validity);
    memory.giveBack(data);
    memory.giveBack(offsets);
  }

  void putText(int row, byte[] utf8, int from, int count) {
    int end = Math.addExact(length, count);
    // mostly the next row, and there is room for it
    if (row == rows && row + 1 < offsets.length && row >> 3 < cleared && end <= data.length) {
      rows = row + 1;
      validity[row >> 3] |= (byte) (1 << (row & 7));
      values++;
    } else {
      startValue(row);
      reserve(end);
    }
    System.arraycopy(utf8, from, data, length, count);
    length = end;
    offsets[row + 1] = end;
  }

  void putLong(int row, long value) {
    startValue(row);
    reserve((row + 1) * 8);
    LONG.set(data, row * 8, value);
    length = (row + 1) * 8;
  }

  void putBit(int row, boolean value) {
    startValue(row);
    length = (row >> 3) + 1;
    reserve(length);
    if (value) {
      setBit(data, row);
    }
  }

  /** Makes doubles of whole numbers, in place. */
  void widen() {
    for (int at = 0; at < length; at += 8) {
      LONG.set(data, at, Double.doubleToRawLongBits((long) LONG.get(data, at)));
    }
  }

  /** Fills up with nulls to this number of rows. */
  void seal(int count) {
    passTo(count);
    reserve(dataLength());
  }

  /** A bit per row, and what is not used yet. */
  byte[] validity() {
    return validity;
  }

  /** The values, and what is not used yet. */
  byte[] data() {
    return data;
  }

  /** Where each text begins and, one further, the last ends; empty if it is no text. */
  int[] offsets() {
    return offsets;
  }

  /** How many bytes of {@link #validity} count. */
  int validityLength() {
    return bytesOfBits(rows);
  }

  /** How many bytes of {@link #data} count. */
  int dataLength() {
    return text ? length : bits ? bytesOfBits(rows) : rows * 8;
  }

  /** How many of {@link #offsets} count. */
  int offsetsLength() {
    return text ? rows + 1 : 0;
  }

  int nulls() {
    return rows - values;
  }

  private void startValue(int row) {
    if (row < rows) {
      throw new IllegalStateException("the row has a value in this column already");
    }
    passTo(row + 1);
    setBit(validity, row);
    values++;
  }

  private void passTo(int count) {
    if (bytesOfBits(count) > cleared) {
      int wanted = grown(cleared, bytesOfBits(count));
      byte[] larger = memory.zeros(wanted);
      System.arraycopy(validity, 0, larger, 0, cleared);
      memory.giveBack(validity);
      validity = larger;
      cleared = wanted;
    }
    if (text) {
      if (count + 1 > offsets.length) {
        int[] larger = memory.numbers(grown(offsets.length, count + 1));
        System.arraycopy(offsets, 0, larger, 0, rows + 1);
        memory.giveBack(offsets);
        offsets = larger;
      }
      Arrays.fill(offsets, rows + 1, count + 1, length);
    }
    rows = count;
  }

  private void reserve(int bytes) {
    if (bytes <= (bits ? dataCleared : data.length)) {
      return;
    }
    int wanted = grown(bits ? dataCleared : data.length, bytes);
    byte[] larger = bits ? memory.zeros(wanted) : memory.bytes(wanted);
    // of bits, what follows the cleared ones is whatever the array had before
    System.arraycopy(data, 0, larger, 0, Math.min(length, bits ? dataCleared : data.length));
    memory.giveBack(data);
    data = larger;
    dataCleared = wanted;
  }

  private static int grown(int size, int needed) {
    return (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, size + (size >> 1) + 8L));
  }

  private static int bytesOfBits(int count) {
    return (count + 7) >> 3;
  }

  private static void setBit(byte[] bytes, int at) {
    bytes[at >> 3] |= (byte) (1 << (at & 7));
  }
}
