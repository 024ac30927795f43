package dev.wadi.intake.file;

import java.util.Arrays;

/** The cells of one row of CSV at a time; the quotes around a cell are no part of it. */
final class CsvCells {

  private int count;
  private int[] starts = new int[16];
  private int[] ends = new int[16];
  private boolean[] quoted = new boolean[16];

  /** Reads a row; returns false if text stands behind a closing quote, or one isn't closed. */
  boolean read(byte[] bytes, int from, int to) {
    count = 0;
    int at = from;
    while (true) {
      boolean opens = at < to && bytes[at] == '"';
      int end = opens ? closingQuote(bytes, at + 1, to) : comma(bytes, at, to);
      add(opens ? at + 1 : at, end, opens);
      int behind = opens ? end + 1 : end;
      if (behind == to) {
        return true;
      }
      if (behind > to || bytes[behind] != ',') {
        return false;
      }
      at = behind + 1;
    }
  }

  int count() {
    return count;
  }

  int start(int cell) {
    return starts[cell];
  }

  int end(int cell) {
    return ends[cell];
  }

  boolean isQuoted(int cell) {
    return quoted[cell];
  }

  private static int comma(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && bytes[i] != ',') {
      i++;
    }
    return i;
  }

  private static int closingQuote(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '"') {
        if (i + 1 == to || bytes[i + 1] != '"') {
          return i;
        }
        i++;
      }
    }
    return to;
  }

  private void add(int start, int end, boolean isQuoted) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
      quoted = Arrays.copyOf(quoted, count * 2);
    }
    starts[count] = start;
    ends[count] = end;
    quoted[count] = isQuoted;
    count++;
  }
}
