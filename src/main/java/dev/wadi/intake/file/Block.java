package dev.wadi.intake.file;

import dev.wadi.event.RecordBlock;
import java.util.Map;

/**
 * The records of one piece, without an object for each: record {@code n} is {@code
 * bytes[start(n)..end(n))}. Never changed after construction.
 *
 * <p>A whole record is what is to be decoded: JSON text, unless the file is wrong. A broken one is
 * the original bytes of what could not be read, cut to {@link Limits#keptBytes}, and may be empty.
 */
public final class Block implements RecordBlock {

  private final String file;
  private final byte[] bytes;
  private final int count;
  private final int[] starts;
  private final int[] ends;
  private final long[] offsets;
  private final long[] lines;
  private final Map<Integer, Broken> broken;

  Block(
      String file,
      byte[] bytes,
      int count,
      int[] starts,
      int[] ends,
      long[] offsets,
      long[] lines,
      Map<Integer, Broken> broken) {
    this.file = file;
    this.bytes = bytes;
    this.count = count;
    this.starts = starts;
    this.ends = ends;
    this.offsets = offsets;
    this.lines = lines;
    this.broken = broken;
  }

  /** The file as it was given. */
  @Override
  public String file() {
    return file;
  }

  /** What all records lie in, not to be changed; there may be other bytes between them. */
  @Override
  public byte[] bytes() {
    return bytes;
  }

  /** How many records there are, broken ones included. */
  @Override
  public int count() {
    return count;
  }

  /** Where a record begins in {@link #bytes}. */
  @Override
  public int start(int n) {
    return starts[n];
  }

  /** Where a record ends in {@link #bytes}, exclusive. */
  @Override
  public int end(int n) {
    return ends[n];
  }

  /** Where a record begins in the file's decompressed content; rises with {@code n}. */
  @Override
  public long offset(int n) {
    return offsets[n];
  }

  /** Why a record can't be decoded, or null if it is whole. */
  public Broken broken(int n) {
    return broken.isEmpty() ? null : broken.get(n);
  }

  /** The number of the line that a record begins in, from 1; 0 where lines aren't counted. */
  public long line(int n) {
    return lines == null ? 0 : lines[n];
  }

  /** {@code <file>@<offset>}. */
  @Override
  public String position(int n) {
    return file + "@" + offsets[n];
  }
}
