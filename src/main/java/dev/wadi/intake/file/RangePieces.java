package dev.wadi.intake.file;

import dev.wadi.event.TransientException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A plain file of lines, in ranges of bytes that know nothing of each other. A line belongs to the
 * range that its first byte is in.
 */
final class RangePieces implements FilePieces {

  private final int file;
  private final String name;
  private final Path path;
  private final FileState state;
  private final Limits limits;
  private long from;
  private long unread;
  private boolean ended;

  /**
   * @param file the file's place among the source's
   * @param from where to begin; what is before counts as read
   */
  RangePieces(int file, String name, Path path, FileState state, long from, Limits limits) {
    this.file = file;
    this.name = name;
    this.path = path;
    this.state = state;
    this.limits = limits;
    this.from = Math.min(from, state.size());
    this.unread = state.size();
  }

  @Override
  public Piece next() {
    if (ended) {
      return null;
    }
    long to = Math.min(from + limits.pieceBytes(), state.size());
    ended = to == state.size();
    long left = state.size() - to;
    Range piece = new Range(from, to, unread - left, ended);
    unread = left;
    from = to;
    return piece;
  }

  @Override
  public void close() {
    // each piece opens the file for itself
  }

  private final class Range implements Piece {

    private final long from;
    private final long to;
    private final long diskBytes;
    private final boolean last;

    Range(long from, long to, long diskBytes, boolean last) {
      this.from = from;
      this.to = to;
      this.diskBytes = diskBytes;
      this.last = last;
    }

    @Override
    public int file() {
      return file;
    }

    @Override
    public long from() {
      return from;
    }

    @Override
    public long to() {
      return to;
    }

    @Override
    public boolean last() {
      return last;
    }

    @Override
    public long diskBytes() {
      return diskBytes;
    }

    @Override
    public Block read() {
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
        Block block = new LineRange(name, channel, state.size(), limits).read(from, to);
        state.requireOf(path, name);
        return block;
      } catch (IOException e) {
        throw new TransientException(name + " can't be read from byte " + from + " on: " + e, e);
      }
    }
  }
}
