package dev.wadi.land.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Gathers bytes for a stream, so that the stream is called for large blocks only. */
final class TextOutput implements AutoCloseable {

  private static final int BLOCK = 1 << 17;
  private static final int LONGEST_NUMBER = 32;

  private final OutputStream out;
  private final byte[] block = new byte[BLOCK];
  private int length;

  TextOutput(OutputStream out) {
    this.out = out;
  }

  void put(char ascii) throws IOException {
    reserve(1);
    block[length++] = (byte) ascii;
  }

  void put(byte[] bytes) throws IOException {
    put(bytes, 0, bytes.length);
  }

  void put(byte[] bytes, int from, int count) throws IOException {
    if (count > block.length - length) {
      flush();
      if (count > block.length) {
        out.write(bytes, from, count);
        return;
      }
    }
    System.arraycopy(bytes, from, block, length, count);
    length += count;
  }

  void put(String text) throws IOException {
    put(text.getBytes(StandardCharsets.UTF_8));
  }

  void put(long number) throws IOException {
    if (number == Long.MIN_VALUE) {
      put(Long.toString(number));
      return;
    }
    reserve(LONGEST_NUMBER);
    if (number < 0) {
      block[length++] = '-';
    }
    long left = Math.abs(number);
    int digits = 1;
    for (long power = left / 10; power > 0; power /= 10) {
      digits++;
    }
    putDigits(left, digits);
  }

  /** A moment in UTC with microseconds, such as {@code 2026-11-21T12:00:00.123456Z}. */
  void putInstant(long micros) throws IOException {
    reserve(LONGEST_NUMBER);
    long seconds = Math.floorDiv(micros, 1_000_000L);
    int ofDay = (int) Math.floorMod(seconds, 86_400L);
    putDate(Math.floorDiv(seconds, 86_400L));
    block[length++] = 'T';
    putDigits(ofDay / 3600, 2);
    block[length++] = ':';
    putDigits(ofDay / 60 % 60, 2);
    block[length++] = ':';
    putDigits(ofDay % 60, 2);
    block[length++] = '.';
    putDigits(Math.floorMod(micros, 1_000_000L), 6);
    block[length++] = 'Z';
  }

  @Override
  public void close() throws IOException {
    try (out) {
      flush();
    }
  }

  /** A day of the years 1 to 9999, counted from 1970. */
  private void putDate(long epochDay) {
    java.time.LocalDate date = java.time.LocalDate.ofEpochDay(epochDay);
    putDigits(date.getYear(), 4);
    block[length++] = '-';
    putDigits(date.getMonthValue(), 2);
    block[length++] = '-';
    putDigits(date.getDayOfMonth(), 2);
  }

  private void putDigits(long number, int digits) {
    long left = number;
    for (int at = length + digits - 1; at >= length; at--) {
      block[at] = (byte) ('0' + left % 10);
      left /= 10;
    }
    length += digits;
  }

  private void reserve(int bytes) throws IOException {
    if (bytes > block.length - length) {
      flush();
    }
  }

  private void flush() throws IOException {
    out.write(block, 0, length);
    length = 0;
  }
}
