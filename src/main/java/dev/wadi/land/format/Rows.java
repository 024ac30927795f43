package dev.wadi.land.format;

import dev.wadi.event.ColumnType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of one file, gathered column by column. Set a row's values in any order, then end the
 * row; a column without a value in it is null there. Not thread-safe; written once it is whole.
 *
 * <p>The file's columns are the first ones, then those that rows brought, in the order they came,
 * then the last ones.
 */
public final class Rows {

  static final int CHUNK_ROWS = 122_880;
  static final long CHUNK_BYTES = 8 << 20;

  private static final Instant FIRST_INSTANT = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST_INSTANT = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private static final long FIRST_MICROS = FIRST_INSTANT.getEpochSecond() * 1_000_000;
  private static final long LAST_MICROS = LAST_INSTANT.getEpochSecond() * 1_000_000 + 999_999;

  private final List<Field> fields = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final int first;
  private final int last;
  private final List<Chunk> sealed = new ArrayList<>();
  private final int expectedRows;
  private final RowMemory memory;
  private Chunk open;
  private int count;
  private long bytes;

  /**
   * @param first columns that the file has in any case, in front
   * @param last columns that the file has in any case, at the end
   */
  public Rows(List<Field> first, List<Field> last) {
    this(first, last, 0, new RowMemory());
  }

  /**
   * @param expectedRows how many rows there will be, which saves memory and time
   * @param memory where the columns' arrays come from
   */
  public Rows(List<Field> first, List<Field> last, int expectedRows, RowMemory memory) {
    this.expectedRows = expectedRows;
    this.memory = memory;
    this.open = new Chunk(Math.min(expectedRows, CHUNK_ROWS), memory);
    first.forEach(this::add);
    last.forEach(this::add);
    this.first = first.size();
    this.last = last.size();
  }

  /**
   * Sets a value of the row that is being made.
   *
   * @param column its name
   * @param type counts when the column is new; a column of BIGINT that is now DOUBLE is widened
   * @param value String or UTF-8 bytes, Long, Double, Boolean or Instant, as the type wants; a Long
   *     may go into a DOUBLE and a Double widens a BIGINT; null sets nothing. An Instant outside
   *     the years 1 to 9999, which not every reader can show, is null in the file
   * @throws IllegalArgumentException if the value is of another type than the column
   * @throws IllegalStateException if the row has a value there already
   */
  public void set(String column, ColumnType type, Object value) {
    if (value == null) {
      return;
    }
    Integer known = numbers.get(column);
    int number = known == null ? add(new Field(column, type)) : known;
    if (type == ColumnType.DOUBLE || value instanceof Double) {
      widen(number);
    }
    Field field = fields.get(number);
    int size = put(open.column(number, field.type()), field, value);
    grew(size);
  }

  /**
   * The number of a column, to set its values by; it is added if it is new.
   *
   * @param type counts when the column is new; a column of BIGINT that is now DOUBLE is widened
   */
  public int column(String name, ColumnType type) {
    Integer known = numbers.get(name);
    int number = known == null ? add(new Field(name, type)) : known;
    if (type == ColumnType.DOUBLE) {
      widen(number);
    }
    return number;
  }

  /** Sets a text, as UTF-8, in a column of TEXT. */
  public void text(int column, byte[] utf8, int from, int length) {
    open.column(column, ColumnType.TEXT).putText(open.rows(), utf8, from, length);
    grew(length + Integer.BYTES);
  }

  /** Sets a whole number in a column of BIGINT or DOUBLE. */
  public void integer(int column, long value) {
    ColumnType type = fields.get(column).type();
    long bits = type == ColumnType.DOUBLE ? Double.doubleToRawLongBits((double) value) : value;
    open.column(column, type).putLong(open.rows(), bits);
    grew(Long.BYTES);
  }

  /** Sets a decimal in a column of DOUBLE, or of BIGINT, which is widened. */
  public void decimal(int column, double value) {
    widen(column);
    open.column(column, ColumnType.DOUBLE).putLong(open.rows(), Double.doubleToRawLongBits(value));
    grew(Long.BYTES);
  }

  /** Sets a value in a column of BOOLEAN. */
  public void bool(int column, boolean value) {
    open.column(column, ColumnType.BOOLEAN).putBit(open.rows(), value);
    grew(Long.BYTES);
  }

  /** Sets microseconds since 1970 in a column of TIMESTAMP; as {@link #set} does for an Instant. */
  public void micros(int column, long value) {
    if (value >= FIRST_MICROS && value <= LAST_MICROS) {
      open.column(column, ColumnType.TIMESTAMP).putLong(open.rows(), value);
      grew(Long.BYTES);
    }
  }

  /** Ends the row; the next value set is the next row's. */
  public void endRow() {
    open.endRow();
    count++;
    if (open.rows() == CHUNK_ROWS || open.bytes() >= CHUNK_BYTES) {
      open.seal();
      sealed.add(open);
      // a chunk that was full of bytes tells how many rows the next can have
      open = new Chunk(Math.min(Math.max(expectedRows - count, 0), open.rows()), memory);
    }
  }

  /** How many rows have ended. */
  public int count() {
    return count;
  }

  /** The bytes of all values, about what the rows take in memory. */
  public long bytes() {
    return bytes;
  }

  /** The file's columns in their order. */
  public List<Field> fields() {
    return order().stream().map(fields::get).toList();
  }

  /** The column of a number. */
  Field field(int number) {
    return fields.get(number);
  }

  /** How many columns stand in front in any case. */
  int first() {
    return first;
  }

  /** How many columns stand at the end in any case. */
  int last() {
    return last;
  }

  /** The numbers of the columns in the file's order. */
  List<Integer> order() {
    List<Integer> order = new ArrayList<>();
    for (int number = 0; number < fields.size(); number++) {
      if (number < first || number >= first + last) {
        order.add(number);
      }
    }
    for (int number = first; number < first + last; number++) {
      order.add(number);
    }
    return order;
  }

  /** All rows, sealed. */
  List<Chunk> chunks() {
    open.seal();
    List<Chunk> chunks = new ArrayList<>(sealed);
    if (open.rows() > 0) {
      chunks.add(open);
    }
    return chunks;
  }

  /** Gives the columns' arrays back to where they came from; nothing of the rows is left. */
  void release() {
    sealed.forEach(Chunk::release);
    open.release();
    sealed.clear();
    open = new Chunk(0, memory);
  }

  private void grew(int size) {
    open.added(size);
    bytes += size;
  }

  private int add(Field field) {
    fields.add(field);
    numbers.put(field.name(), fields.size() - 1);
    return fields.size() - 1;
  }

  private void widen(int number) {
    Field field = fields.get(number);
    if (field.type() != ColumnType.BIGINT) {
      return;
    }
    fields.set(number, new Field(field.name(), ColumnType.DOUBLE));
    for (Chunk chunk : sealed) {
      widen(chunk.columnOrNull(number));
    }
    widen(open.columnOrNull(number));
  }

  private static void widen(ColumnBuffer column) {
    if (column != null) {
      column.widen();
    }
  }

  private int put(ColumnBuffer column, Field field, Object value) {
    int row = open.rows();
    switch (field.type()) {
      case TEXT -> {
        byte[] utf8 =
            value instanceof byte[] given
                ? Utf8.of(given)
                : Utf8.of(as(field, String.class, value));
        column.putText(row, utf8, 0, utf8.length);
        return utf8.length + Integer.BYTES;
      }
      case BIGINT -> column.putLong(row, as(field, Long.class, value));
      case DOUBLE ->
          column.putLong(
              row, Double.doubleToRawLongBits(as(field, Number.class, value).doubleValue()));
      case BOOLEAN -> column.putBit(row, as(field, Boolean.class, value));
      case TIMESTAMP -> putInstant(column, row, as(field, Instant.class, value));
    }
    return Long.BYTES;
  }

  private static void putInstant(ColumnBuffer column, int row, Instant instant) {
    if (!instant.isBefore(FIRST_INSTANT) && !instant.isAfter(LAST_INSTANT)) {
      column.putLong(row, instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000);
    }
  }

  private static <T> T as(Field field, Class<T> type, Object value) {
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          "column %s is %s and can't hold a %s"
              .formatted(field.name(), field.type(), value.getClass().getName()));
    }
    return type.cast(value);
  }
}
