package dev.wadi.intake.http;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/** Reads the log's frames in their order, each when it is durable. Used by one thread. */
final class LogReader implements AutoCloseable {

  /** Where a frame begins. */
  record Next(Segment segment, long offset) {}

  private final LogSegments segments;
  private Segment open;
  private FileChannel channel;
  private volatile boolean ended;
  private volatile boolean closed;

  LogReader(LogSegments segments) {
    this.segments = segments;
  }

  /**
   * The next frame; waits until there is one. It is to be {@linkplain IntakeLog#done done} with, or
   * read {@linkplain IntakeLog#again again}, some time.
   *
   * @return null when the log is closed, or reading has {@linkplain #end ended}
   * @throws IOException if the disk fails; another call tries again
   */
  Frame next() throws IOException, InterruptedException {
    Next next = segments.next(this);
    if (next == null) {
      return null;
    }
    boolean read = false;
    try {
      Frame frame = read(next);
      segments.read(frame);
      read = true;
      return frame;
    } finally {
      if (!read) {
        segments.failed(next);
      }
    }
  }

  /** Lets its thread wait no longer; may be called by another one. */
  void end() {
    ended = true;
    segments.wake();
  }

  boolean hasEnded() {
    return ended;
  }

  /** Whether its thread has gone though nobody has ended it. */
  boolean isLost() {
    return closed && !ended;
  }

  private Frame read(Next next) throws IOException {
    Segment segment = next.segment();
    if (open != segment) {
      closeFile();
      channel = FileChannel.open(segment.file(), StandardOpenOption.READ);
      open = segment;
    }
    Frame frame = new FrameFormat(segment.id()).read(channel, segment, next.offset());
    if (frame == null) {
      throw new IOException(segment + " can't be read at byte " + next.offset());
    }
    return frame;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    closeFile();
  }

  private void closeFile() throws IOException {
    open = null;
    if (channel != null) {
      channel.close();
    }
  }
}
