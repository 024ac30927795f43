package dev.wadi.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * The columns of many records, one value after the other, without an object for any of them. Texts
 * stay where they are in the block that the records are in. Filled by one thread, then read by any.
 */
public final class Tape {

  /** The number of the event's id, which stands before the columns of the payload. */
  public static final int EVENT_ID = 0;

  /** The number of the event's own source. */
  public static final int EVENT_SOURCE = 1;

  /** The number of the lake's first payload column; the others follow in their order. */
  public static final int FIRST_COLUMN = 2;

  /** What a value is. */
  public enum Kind {
    /** Text in the block. */
    TEXT,
    /** Text that is not in the block as it is. */
    OTHER_TEXT,
    INTEGER,
    DECIMAL,
    BOOL,
    /** Microseconds since 1970. */
    MICROS
  }

  private static final Kind[] KINDS = Kind.values();
  private static final int KIND_BITS = 3;

  private byte[] block;
  private int[] heads = new int[1 << 15];
  private long[] values = new long[1 << 15];
  private int count;
  private int[] ends = new int[1 << 11];
  private int records;
  private byte[] other = new byte[1 << 12];
  private int otherLength;

  /** Begins anew, for the records of a block. */
  public void start(byte[] bytes) {
    block = bytes;
    count = 0;
    records = 0;
    otherLength = 0;
  }

  /** How many bytes of memory it takes, beside the block. */
  public long size() {
    return (long) heads.length * Integer.BYTES
        + (long) values.length * Long.BYTES
        + (long) ends.length * Integer.BYTES
        + other.length;
  }

  /** Ends a record; the next value is the next one's. */
  public void endRecord() {
    if (records == ends.length) {
      ends = Arrays.copyOf(ends, records * 2);
    }
    ends[records++] = count;
  }

  /** Where a record's values start. */
  public int from(int record) {
    return record == 0 ? 0 : ends[record - 1];
  }

  /** Where a record's values end. */
  public int to(int record) {
    return ends[record];
  }

  /** The number of the column that a value is of. */
  public int column(int at) {
    return heads[at] >>> KIND_BITS;
  }

  public Kind kind(int at) {
    return KINDS[heads[at] & (1 << KIND_BITS) - 1];
  }

  /** A value that is no text: the integer, the decimal's bits, 0 or 1, or the microseconds. */
  public long bits(int at) {
    return values[at];
  }

  /** The array that a text is in. */
  public byte[] bytes(int at) {
    return kind(at) == Kind.TEXT ? block : other;
  }

  /** Where a text starts. */
  public int textFrom(int at) {
    return (int) (values[at] >>> Integer.SIZE);
  }

  /** How many bytes a text has. */
  public int textLength(int at) {
    return (int) values[at];
  }

  /** Whether the record that is being filled has a value in this column. */
  public boolean has(int column) {
    for (int at = records == 0 ? 0 : ends[records - 1]; at < count; at++) {
      if (column(at) == column) {
        return true;
      }
    }
    return false;
  }

  /** Adds a text, as UTF-8; one that is in the block is not copied. */
  public void addText(int column, byte[] bytes, int from, int length) {
    if (bytes == block) {
      add(column, Kind.TEXT, (long) from << Integer.SIZE | length);
      return;
    }
    if (otherLength + length > other.length) {
      other = Arrays.copyOf(other, Math.max(other.length * 2, otherLength + length));
    }
    System.arraycopy(bytes, from, other, otherLength, length);
    add(column, Kind.OTHER_TEXT, (long) otherLength << Integer.SIZE | length);
    otherLength += length;
  }

  /** Adds a value that is no text; see {@link #bits}. */
  public void addBits(int column, Kind kind, long bits) {
    add(column, kind, bits);
  }

  /** Adds a value: String, Long, Double, Boolean or Instant. */
  public void add(int column, Object value) {
    if (value instanceof Long number) {
      add(column, Kind.INTEGER, number);
    } else if (value instanceof Double number) {
      add(column, Kind.DECIMAL, Double.doubleToRawLongBits(number));
    } else if (value instanceof Boolean flag) {
      add(column, Kind.BOOL, flag ? 1 : 0);
    } else if (value instanceof Instant time) {
      add(column, Kind.MICROS, time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000);
    } else {
      byte[] utf8 = ((String) value).getBytes(StandardCharsets.UTF_8);
      addText(column, utf8, 0, utf8.length);
    }
  }

  private void add(int column, Kind kind, long bits) {
    if (count == heads.length) {
      heads = Arrays.copyOf(heads, count * 2);
      values = Arrays.copyOf(values, count * 2);
    }
    heads[count] = column << KIND_BITS | kind.ordinal();
    values[count++] = bits;
  }
}
