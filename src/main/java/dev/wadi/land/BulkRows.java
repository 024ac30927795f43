package dev.wadi.land;

import dev.wadi.event.ColumnType;
import dev.wadi.event.EventBlock;
import dev.wadi.event.RecordBlock;
import dev.wadi.event.Tape;
import dev.wadi.land.format.RowMemory;
import dev.wadi.land.format.Rows;
import dev.wadi.land.format.RowsToWrite;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rows of one file, told by where their records are: the columns are only put together when the
 * file is written, so that a commit needs memory for the files that are being written, not for all
 * of them. Gathered by one thread, then made by another.
 */
final class BulkRows implements RowsToWrite {

  private static final byte[] HEX_DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int FIRST_ROWS = 64;

  private final String table;
  private final byte[] commit;
  private final byte[] source;
  private final long ingestedAt;
  private final Schema schema;

  private final List<EventBlock> blocks = new ArrayList<>();
  private int[] blockOf = new int[FIRST_ROWS];
  private int[] recordOf = new int[FIRST_ROWS];
  private int count;
  private long bytes;

  /**
   * @param source the name of the source that the records are of
   * @param schema the payload's columns
   */
  BulkRows(String table, String commit, String source, Instant ingestedAt, Schema schema) {
    this.table = table;
    this.commit = commit.getBytes(StandardCharsets.UTF_8);
    this.source = (source + " ").getBytes(StandardCharsets.UTF_8);
    this.ingestedAt = ingestedAt.getEpochSecond() * 1_000_000 + ingestedAt.getNano() / 1_000;
    this.schema = schema;
  }

  /** Adds a record's row. */
  void add(EventBlock block, int record) {
    if (blocks.isEmpty() || blocks.get(blocks.size() - 1) != block) {
      blocks.add(block);
    }
    if (count == blockOf.length) {
      blockOf = Arrays.copyOf(blockOf, count * 2);
      recordOf = Arrays.copyOf(recordOf, count * 2);
    }
    blockOf[count] = blocks.size() - 1;
    recordOf[count] = record;
    count++;
    bytes += block.records().end(record) - block.records().start(record);
  }

  int count() {
    return count;
  }

  /** About the bytes of all values: those of the documents, and again in their columns. */
  long bytes() {
    return 2 * bytes;
  }

  @Override
  public long weight() {
    return bytes;
  }

  @Override
  public Rows rows(RowMemory memory) {
    return new Filling(memory).fill();
  }

  /** The columns of the file while it is put together. */
  private final class Filling {

    private final boolean payload = table.equals(Tables.EVENTS);
    private final Rows rows;
    private final int key;
    private final int id;
    private final int type;
    private final int subtype;
    private final int eventSource;
    private final int time;
    private final int payloadHash;
    private final int ingested;
    private final int commitId;
    private final int position;
    private final int doc;
    private final int landedHash;

    /** The file's column of each of the lake's, or -1. */
    private int[] columns = new int[0];

    private final byte[] hex = new byte[32];
    private final Utf8Memory types = new Utf8Memory();
    private final Utf8Memory subtypes = new Utf8Memory();
    private final PositionText positions = new PositionText(source);

    private Filling(RowMemory memory) {
      boolean conflicts = table.equals(Tables.CONFLICTS);
      rows =
          new Rows(
              conflicts ? BulkStager.CONFLICT : BulkStager.CORE, BulkStager.DOC, count, memory);
      key = number("event_key");
      id = number("event_id");
      type = number("event_type");
      subtype = number("event_subtype");
      eventSource = number("event_source");
      time = number("event_time");
      payloadHash = number("payload_hash");
      ingested = number("ingested_at");
      commitId = number("commit_id");
      position = number("source_position");
      doc = rows.column(CoreColumns.DOC, ColumnType.TEXT);
      landedHash = conflicts ? rows.column("landed_payload_hash", ColumnType.TEXT) : -1;
    }

    private int number(String core) {
      return rows.column(core, CoreColumns.TYPES.get(core));
    }

    private Rows fill() {
      for (int row = 0; row < count; row++) {
        fill(blocks.get(blockOf[row]), recordOf[row]);
      }
      return rows;
    }

    private void fill(EventBlock block, int n) {
      RecordBlock records = block.records();
      hex(block.keyHigh(n), 0);
      hex(block.keyLow(n), 16);
      rows.text(key, hex, 0, 32);
      byte[] name = types.of(block.type(n));
      rows.text(type, name, 0, name.length);
      if (block.subtype(n) != null) {
        byte[] sub = subtypes.of(block.subtype(n));
        rows.text(subtype, sub, 0, sub.length);
      }
      rows.micros(time, block.micros(n));
      hex(block.payloadHash(n), 0);
      rows.text(payloadHash, hex, 0, 16);
      rows.micros(ingested, ingestedAt);
      rows.text(commitId, commit, 0, commit.length);
      int length = positions.of(records.file(), records.offset(n));
      rows.text(position, positions.bytes(), 0, length);
      if (landedHash >= 0) {
        hex(block.landedHash(n), 0);
        rows.text(landedHash, hex, 0, 16);
      }
      fillTape(block.tape(), n);
      rows.text(doc, records.bytes(), records.start(n), records.end(n) - records.start(n));
      rows.endRow();
    }

    private void fillTape(Tape tape, int n) {
      for (int at = tape.from(n); at < tape.to(n); at++) {
        int column = tape.column(at);
        if (column == Tape.EVENT_ID) {
          rows.text(id, tape.bytes(at), tape.textFrom(at), tape.textLength(at));
        } else if (column == Tape.EVENT_SOURCE) {
          rows.text(eventSource, tape.bytes(at), tape.textFrom(at), tape.textLength(at));
        } else if (payload) {
          fill(tape, at, payloadColumn(column - Tape.FIRST_COLUMN));
        }
      }
    }

    private void fill(Tape tape, int at, int column) {
      switch (tape.kind(at)) {
        case TEXT, OTHER_TEXT ->
            rows.text(column, tape.bytes(at), tape.textFrom(at), tape.textLength(at));
        case INTEGER -> rows.integer(column, tape.bits(at));
        case DECIMAL -> rows.decimal(column, Double.longBitsToDouble(tape.bits(at)));
        case BOOL -> rows.bool(column, tape.bits(at) == 1);
        case MICROS -> rows.micros(column, tape.bits(at));
      }
    }

    private int payloadColumn(int number) {
      if (number >= columns.length) {
        int known = columns.length;
        columns = Arrays.copyOf(columns, Math.max(number + 1, known * 2));
        Arrays.fill(columns, known, columns.length, -1);
      }
      if (columns[number] < 0) {
        Schema.LakeColumn column = schema.column(number);
        columns[number] = rows.column(column.name(), column.type());
      }
      return columns[number];
    }

    private void hex(long bits, int from) {
      for (int digit = 0; digit < 16; digit++) {
        hex[from + digit] = HEX_DIGITS[(int) (bits >>> (60 - 4 * digit)) & 15];
      }
    }
  }
}
