package dev.wadi.intake.http;

import dev.wadi.event.SetupException;
import dev.wadi.event.TransientException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * An append-only log of what came in by HTTP, in a folder of its own on the local disk. What was
 * appended is durable when its future completes, and stays until it is done with, over any number
 * of crashes. Thread-safe; one process uses a folder.
 */
public final class IntakeLog implements AutoCloseable {

  private static final long LARGEST_SEGMENT = 16L << 20;
  private static final long SMALLEST_SEGMENT = 64L << 10;
  private static final int SEGMENTS = 16;

  private final Path folder;
  private final long maxBytes;
  private final LogSegments segments;
  private final LogWriter writer;
  private final UncleanEnds ends;
  private volatile LogReader reader;

  private IntakeLog(
      Path folder, long maxBytes, LogSegments segments, LogWriter writer, UncleanEnds ends) {
    this.folder = folder;
    this.maxBytes = maxBytes;
    this.segments = segments;
    this.writer = writer;
    this.ends = ends;
  }

  /**
   * Opens the log, with all that an earlier process has left.
   *
   * @param folder made if it is missing
   * @param maxBytes the most that it takes of the disk
   * @param ids makes ids that are never made again anywhere: 32 hexadecimal digits
   * @throws SetupException if the folder can't be used, or something in it is damaged
   */
  public static IntakeLog open(Path folder, long maxBytes, Clock clock, Supplier<String> ids) {
    LogSegments segments = new LogSegments();
    UncleanEnds ends;
    try {
      new LogRecovery(folder).recover().forEach(segments::add);
      ends = UncleanEnds.open(folder, segments.recovered() > 0);
    } catch (IOException e) {
      throw new SetupException(
          "can't use the intake log " + folder + " (" + e + "): mend the folder", e);
    }
    long segmentBytes = Math.max(SMALLEST_SEGMENT, Math.min(LARGEST_SEGMENT, maxBytes / SEGMENTS));
    LogWriter writer = new LogWriter(folder, segmentBytes, segments, clock, ids);
    writer.start();
    return new IntakeLog(folder, maxBytes, segments, writer, ends);
  }

  /**
   * Appends what one request has brought: all of it or, as far as its sender can tell, nothing.
   *
   * @return completes when it is durable; fails with {@link TransientException} if the log is full,
   *     closed, or can't be written, and with {@link BusyException} if the disk doesn't keep up
   */
  public CompletableFuture<Void> append(List<Entry> entries) {
    long size = LogWriter.size(entries);
    long taken = segments.bytes() + writer.waiting();
    if (taken + size > maxBytes) {
      return CompletableFuture.failedFuture(
          new TransientException(
              "the intake log is full: it has "
                  + taken
                  + " of "
                  + maxBytes
                  + " bytes, which wait for their commit",
              null));
    }
    return writer.append(entries, size);
  }

  /** Frames are accounted for, and need not be kept. */
  void done(Collection<Frame> frames) {
    frames.forEach(segments::done);
    ends.done(frames);
    if (segments.recovered() == 0) {
      ends.forget();
    }
    writer.tidy();
  }

  /** Frames that were read are to be read another time. */
  void again(Collection<Frame> frames) {
    frames.forEach(segments::again);
  }

  /** Reads on where the reader before it has ended; one at a time. */
  LogReader reader() {
    reader = new LogReader(segments);
    return reader;
  }

  /** How often the process has ended over what is in the log. */
  UncleanEnds ends() {
    return ends;
  }

  /** How many bytes it takes of the disk. */
  public long bytes() {
    return segments.bytes();
  }

  /** How many bytes of it are not accounted for yet. */
  public long waiting() {
    return segments.waiting();
  }

  /** When the oldest was written of what is on its way to the lake; empty if nothing is. */
  public Optional<Instant> oldest() {
    return segments.oldest();
  }

  /** Why it takes nothing in now, or hands nothing on; empty if it does both. */
  public Optional<String> trouble() {
    LogReader last = reader;
    if (last != null && last.isLost()) {
      return Optional.of("nobody reads it any more: restart the process");
    }
    return bytes() >= maxBytes
        ? Optional.of("it is full, with " + bytes() + " bytes")
        : writer.trouble();
  }

  /** Ends writing and reading; what was appended before is written. */
  @Override
  public void close() {
    writer.close();
    segments.end();
    ends.close();
  }

  @Override
  public String toString() {
    return "the intake log " + folder;
  }
}
