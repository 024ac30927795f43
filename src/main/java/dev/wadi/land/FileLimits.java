package dev.wadi.land;

/**
 * How large a file may get before the rows of its partition go on in another one, in the same
 * commit.
 *
 * @param maxRows at most so many rows
 * @param maxBytes about so many bytes, as values take them in memory
 */
public record FileLimits(int maxRows, long maxBytes) {

  public FileLimits {
    if (maxRows < 1 || maxBytes < 1) {
      throw new IllegalArgumentException("a file has a row: " + maxRows + ", " + maxBytes);
    }
  }

  /** Whether no further row may be added. */
  boolean reachedBy(int rows, long bytes) {
    return rows >= maxRows || bytes >= maxBytes;
  }
}
