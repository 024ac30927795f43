package dev.wadi.intake.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The part of content that is in memory: what has been scanned since the last piece, and what
 * hasn't. Of a record that is too large it holds only the begin; what follows goes on behind that,
 * as if the rest had never been there.
 */
final class Window {

  private static final int READ_BYTES = 64 << 10;

  private final int keptBytes;
  private final Buffers buffers;
  private byte[] bytes;

  /** The offset in the content of the first byte, as if nothing had been dropped. */
  private long base;

  private int filled;
  private int scanned;

  /** Where the record begins that is being read; -1 for none. */
  private int open = -1;

  private long openOffset;
  private long dropped;

  /**
   * @param keptBytes how much to hold of a record of which something is dropped
   * @param base the offset of the content's first byte
   */
  Window(int size, int keptBytes, long base, Buffers buffers) {
    this.buffers = buffers;
    this.keptBytes = keptBytes;
    this.bytes = new byte[Math.min(size, READ_BYTES)];
    this.base = base;
  }

  byte[] bytes() {
    return bytes;
  }

  int filled() {
    return filled;
  }

  int scanned() {
    return scanned;
  }

  void scanned(int index) {
    scanned = index;
  }

  /** The offset in the content of what comes next. */
  long position() {
    return base + scanned;
  }

  boolean isOpen() {
    return open >= 0;
  }

  /** Where the record that is being read begins, in {@link #bytes}. */
  int open() {
    return open;
  }

  /** Where it begins in the content. */
  long openOffset() {
    return openOffset;
  }

  /** How many of its bytes were dropped. */
  long dropped() {
    return dropped;
  }

  /** How many of its bytes have been read, dropped ones included. */
  long openLength() {
    return scanned - open + dropped;
  }

  /** A record begins with what comes next, unless one is being read. */
  void begin() {
    if (!isOpen()) {
      open = scanned;
      openOffset = position();
      dropped = 0;
    }
  }

  /** The record has ended. */
  void end() {
    open = -1;
  }

  /** Reads on, behind what has all been scanned; returns false at the end. */
  boolean fill(InputStream content) throws IOException {
    if (filled == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * filled);
    }
    int read = content.read(bytes, filled, Math.min(READ_BYTES, bytes.length - filled));
    filled += Math.max(0, read);
    return read >= 0;
  }

  /** Drops what need not be held of the record that is being read. */
  void drop() {
    int kept = Math.min(scanned, open + keptBytes);
    dropped += scanned - kept;
    base += scanned - kept;
    filled = kept;
    scanned = kept;
  }

  /** Makes room by all that stands before the record that is being read. */
  void forget() {
    moveTo(bytes);
  }

  /** Goes on in another array, so that the one it had can be handed out. */
  void renew(int size) {
    moveTo(buffers.take(Math.max(size, 2 * (filled - needed()))));
  }

  private int needed() {
    return isOpen() ? open : scanned;
  }

  private void moveTo(byte[] other) {
    int from = needed();
    System.arraycopy(bytes, from, other, 0, filled - from);
    bytes = other;
    base += from;
    filled -= from;
    scanned -= from;
    open = isOpen() ? 0 : -1;
  }
}
