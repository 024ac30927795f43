package dev.wadi.intake.http;

import dev.wadi.event.SetupException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what an earlier process has left in the log's folder. A frame that was durable once and
 * can't be read now is damage, which nobody but the operator may give up. A tail that nothing was
 * written behind is cut off: it was being written and never acknowledged, unless the disk has lost
 * of all frames the newest, which looks the same; so it is kept beside the file.
 */
final class LogRecovery {

  private static final Logger LOG = LoggerFactory.getLogger(LogRecovery.class);

  private final Path folder;

  LogRecovery(Path folder) {
    this.folder = folder;
  }

  /**
   * The segments with frames, in the order in which they were written; sealed.
   *
   * @throws SetupException if one is damaged
   */
  List<Segment> recover() throws IOException {
    Files.createDirectories(folder);
    List<Segment> left;
    try (Stream<Path> files = Files.list(folder)) {
      left =
          files
              .map(Segment::left)
              .filter(Objects::nonNull)
              .sorted(Comparator.comparingLong(Segment::number))
              .toList();
    }
    for (int i = 0; i < left.size(); i++) {
      measure(left.get(i), i == left.size() - 1);
    }
    return left.stream().filter(segment -> segment.frames > 0).toList();
  }

  private void measure(Segment segment, boolean last) throws IOException {
    try (FileChannel channel =
        FileChannel.open(segment.file(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      boolean begun = hasHead(channel, segment);
      if (!begun && (channel.size() > SegmentFile.HEAD || !last)) {
        throw damaged(segment, 0);
      }
      long end = begun ? countFrames(channel, segment) : 0;
      if (end < channel.size() && begun) {
        cut(channel, segment, end, last);
      }
      segment.synced = end;
      segment.sealed = true;
    }
    if (segment.frames == 0) {
      Files.delete(segment.file());
    }
  }

  private static long countFrames(FileChannel channel, Segment segment) throws IOException {
    FrameFormat format = new FrameFormat(segment.id());
    long end = SegmentFile.HEAD;
    for (Frame frame = format.read(channel, segment, end); frame != null; ) {
      segment.frames++;
      end = frame.end();
      frame = format.read(channel, segment, end);
    }
    return end;
  }

  private static void cut(FileChannel channel, Segment segment, long end, boolean last)
      throws IOException {
    if (!last || new FrameFormat(segment.id()).laterFrame(channel, segment, end) >= 0) {
      throw damaged(segment, end);
    }
    Path kept = keep(channel, segment, end);
    LOG.warn(
        "cut off {} bytes of {}, which were being written when the process ended, and were not"
            + " acknowledged unless the disk has damaged them since; they are kept in {}",
        channel.size() - end,
        segment,
        kept);
    channel.truncate(end);
    channel.force(true);
  }

  /** Copies the tail aside; durable on return. */
  private static Path keep(FileChannel channel, Segment segment, long from) throws IOException {
    Path kept = segment.file().resolveSibling(segment.file().getFileName() + ".cut");
    try (FileChannel copy =
        FileChannel.open(
            kept,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      for (long at = from; at < channel.size(); ) {
        at += channel.transferTo(at, channel.size() - at, copy);
      }
      copy.force(true);
    }
    SegmentFile.forceFolder(kept.getParent());
    return kept;
  }

  private static boolean hasHead(FileChannel channel, Segment segment) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(SegmentFile.HEAD);
    while (head.hasRemaining() && channel.read(head, head.position()) >= 0) {
      continue;
    }
    return Arrays.equals(head.array(), SegmentFile.head(segment.id()));
  }

  private static SetupException damaged(Segment segment, long at) {
    return new SetupException(
        "the intake log "
            + segment
            + " is damaged at byte "
            + at
            + ", and what stands there was acknowledged: restore the file, or move it away to give"
            + " up the events in it");
  }
}
