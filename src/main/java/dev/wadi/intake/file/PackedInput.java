package dev.wadi.intake.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** A buffer over packed bytes that knows how far in the file it is. */
final class PackedInput implements Closeable {

  private static final int BUFFER_BYTES = 64 << 10;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int limit;
  private long before;

  PackedInput(InputStream in) {
    this.in = in;
  }

  /** The offset in the file of what comes next. */
  long offset() {
    return before + position;
  }

  byte[] buffer() {
    return buffer;
  }

  int position() {
    return position;
  }

  int available() {
    return limit - position;
  }

  /** Goes on so far that only this many bytes of what is available are left. */
  void leave(int left) {
    position = limit - left;
  }

  /** Makes at least one byte available; returns false at the end of the file. */
  boolean fill() throws IOException {
    if (position == limit) {
      before += limit;
      position = 0;
      // always full, so that the same file is always cut the same way
      limit = in.readNBytes(buffer, 0, buffer.length);
    }
    return position < limit;
  }

  /** The next byte, or -1 at the end of the file. */
  int take() throws IOException {
    return fill() ? buffer[position++] & 0xff : -1;
  }

  /** The next bytes, or null if there are fewer. */
  byte[] take(int length) throws IOException {
    byte[] taken = new byte[length];
    return take(taken, 0, length) == length ? taken : null;
  }

  /** Takes as many bytes as there are, at most so many. */
  int take(byte[] into, int from, int length) throws IOException {
    int done = 0;
    while (done < length && fill()) {
      int part = Math.min(available(), length - done);
      System.arraycopy(buffer, position, into, from + done, part);
      position += part;
      done += part;
    }
    return done;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
