package dev.wadi.intake.file;

import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Arrays that are used again: those of pieces are large, and new ones would have to be cleared, and
 * moved about in memory, again and again. Thread-safe.
 */
final class Buffers {

  private final ConcurrentLinkedQueue<byte[]> free = new ConcurrentLinkedQueue<>();

  /** An array of at least this size, with anything in it. */
  byte[] take(int size) {
    byte[] known = free.poll();
    return known != null && known.length >= size ? known : new byte[size];
  }

  /** Takes an array back that nobody uses any more. */
  void giveBack(byte[] bytes) {
    free.add(bytes);
  }
}
