package dev.wadi.land.compact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the records of a CSV file and leaves their cells as they are, quotes and all: so a null,
 * which is nothing, stays told from an empty text, which is {@code ""}.
 */
final class CsvRecords implements AutoCloseable {

  private static final int BLOCK = 1 << 16;

  private final Path file;
  private final InputStream in;
  private final byte[] block = new byte[BLOCK];
  private int at;
  private int length;
  private byte[] record = new byte[BLOCK];
  private int end;
  private int[] ends = new int[64];
  private int cells;

  CsvRecords(Path file, InputStream in) {
    this.file = file;
    this.in = in;
  }

  /** Goes to the next record; false if there is none. */
  boolean next() throws TextJoiner.UnreadableFile {
    end = 0;
    cells = 0;
    boolean quoted = false;
    while (at < length || fill()) {
      byte octet = block[at++];
      if (octet == '"') {
        quoted = !quoted;
      } else if (!quoted && octet == ',') {
        endCell();
        continue;
      } else if (!quoted && octet == '\n') {
        endCell();
        return true;
      }
      add(octet);
    }
    if (end > 0 || cells > 0) {
      throw new TextJoiner.UnreadableFile(file, new IOException("it ends within a record"));
    }
    return false;
  }

  /** How many cells the record has. */
  int cells() {
    return cells;
  }

  /** The record's cells as texts, with their quotes. */
  List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (int cell = 0; cell < cells; cell++) {
      texts.add(new String(record, from(cell), ends[cell] - from(cell), StandardCharsets.UTF_8));
    }
    return texts;
  }

  /** Copies a cell of the record. */
  void copy(int cell, RolledFiles out) throws IOException {
    out.write(record, from(cell), ends[cell] - from(cell));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private int from(int cell) {
    return cell == 0 ? 0 : ends[cell - 1];
  }

  private void endCell() {
    if (cells == ends.length) {
      ends = Arrays.copyOf(ends, 2 * cells);
    }
    ends[cells++] = end;
  }

  private void add(byte octet) {
    if (end == record.length) {
      record = Arrays.copyOf(record, 2 * end);
    }
    record[end++] = octet;
  }

  private boolean fill() throws TextJoiner.UnreadableFile {
    try {
      at = 0;
      length = in.read(block);
      return length > 0;
    } catch (IOException e) {
      throw new TextJoiner.UnreadableFile(file, e);
    }
  }
}
