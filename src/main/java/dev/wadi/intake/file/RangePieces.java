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
  private final Buffers buffers;
  private long from;
  private long unread;
  private boolean ended;

  /**
   * @param file the file's place among the source's
   * @param from where to begin; what is before counts as read
   */
  RangePieces(
      int file,
      String name,
      Path path,
      FileState state,
      long from,
      Limits limits,
      Buffers buffers) {
    this.buffers = buffers;
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
    Range piece = new Range(this, from, to, unread - left, ended);
    unread = left;
    from = to;
    return piece;
  }

  @Override
  public void close() {
    // each piece opens the file for itself
  }

  private record Range(RangePieces of, long from, long to, long diskBytes, boolean last)
      implements Piece {

    @Override
    public int file() {
      return of.file;
    }

    @Override
    public Block read() {
      String name = of.name;
      try (FileChannel channel = FileChannel.open(of.path, StandardOpenOption.READ)) {
        Block block =
            new LineRange(name, channel, of.state.size(), of.limits, of.buffers).read(from, to);
        of.state.requireOf(of.path, name);
        return block;
      } catch (IOException e) {
        throw new TransientException(name + " can't be read from byte " + from + " on: " + e, e);
      }
    }
  }
}
