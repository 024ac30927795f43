package dev.wadi.intake.file;

import java.util.Arrays;

/** Follows strings and brackets to the end of the value that they are in. */
final class Nesting {

  /** Deeper than anything that is decoded; beyond it no bracket is remembered. */
  private static final int MAX_DEPTH = 1 << 20;

  /** One bit for each open bracket: 1 for an object, 0 for an array. */
  private long[] open = new long[4];

  private int depth;
  private boolean inString;
  private boolean escaped;
  private boolean closed;
  private boolean broken;

  /**
   * Goes on in {@code bytes[from..to)}, from the first byte of a value or from where it stopped.
   *
   * @return the index behind the value, or that of a bracket that fits none, or {@code to}
   */
  int scan(byte[] bytes, int from, int to) {
    closed = false;
    int i = from;
    while (i < to) {
      if (inString) {
        i = scanString(bytes, i, to);
        if (!inString && depth == 0) {
          closed = true;
          return i;
        }
        continue;
      }
      byte b = bytes[i];
      if (b == '"') {
        inString = true;
      } else if (b == '{' || b == '[') {
        open(b == '{');
      } else if (b == '}' || b == ']') {
        if (!close(b == '}')) {
          broken = true;
          return i;
        }
        if (depth == 0) {
          closed = true;
          return i + 1;
        }
      }
      i++;
    }
    return i;
  }

  boolean isClosed() {
    return closed;
  }

  boolean isBroken() {
    return broken;
  }

  private int scanString(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (escaped) {
        escaped = false;
      } else if (b == '\\') {
        escaped = true;
      } else if (b == '"') {
        inString = false;
        return i + 1;
      }
    }
    return to;
  }

  private void open(boolean object) {
    if (depth < MAX_DEPTH) {
      int word = depth >>> 6;
      if (word == open.length) {
        open = Arrays.copyOf(open, word * 2);
      }
      open[word] = object ? open[word] | 1L << depth : open[word] & ~(1L << depth);
    }
    depth++;
  }

  private boolean close(boolean object) {
    depth--;
    return depth >= MAX_DEPTH || (open[depth >>> 6] >>> depth & 1) == 1 == object;
  }
}
