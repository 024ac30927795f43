package dev.wadi.intake.http;

import dev.wadi.event.SetupException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts, in a small file beside the log, how often in a row the process has ended without closing
 * the log while it held something, and which frames were under way alone then: that is how a frame
 * is found that ends the process. Thread-safe.
 *
 * <p>The file is there while the log is open. A clean close removes it, and the counts are
 * forgotten when all is accounted for that an earlier process has left.
 */
final class UncleanEnds {

  private static final Logger LOG = LoggerFactory.getLogger(UncleanEnds.class);

  private static final String NAME = "unclean-ends";
  private static final String ENDS = "ends";
  private static final String UNDERWAY = "underway";
  private static final String DIED = "died";

  private final Path file;
  private final Map<String, Integer> died = new HashMap<>();
  private final Set<String> underway = new HashSet<>();
  private int ends;
  private boolean closed;

  private UncleanEnds(Path file) {
    this.file = file;
  }

  /**
   * Reads what earlier processes have noted, and notes that this one is running if the disk lets
   * it.
   *
   * @param leftSomething whether they have left any frame
   */
  static UncleanEnds open(Path folder, boolean leftSomething) throws IOException {
    UncleanEnds found = new UncleanEnds(folder.resolve(NAME));
    if (leftSomething && Files.exists(found.file)) {
      found.read();
      found.ends++;
      found.underway.forEach(frame -> found.died.merge(frame, 1, Integer::sum));
      found.underway.clear();
    }
    // a full disk must not keep the process from landing the log, which is what frees it
    found.note();
    return found;
  }

  /** How often what an earlier process has left has been read, this time included. */
  synchronized int attempts() {
    return ends + 1;
  }

  /** How often the process has ended while this frame was under way alone. */
  synchronized int died(String frame) {
    return died.getOrDefault(frame, 0);
  }

  /** A frame begins its way alone; that is durable on return. */
  synchronized void begins(String frame) {
    underway.add(frame);
    note();
  }

  /** The process has survived it. */
  synchronized void ended(String frame) {
    underway.remove(frame);
    note();
  }

  /** Frames are accounted for, and never come again. */
  synchronized void done(Collection<Frame> frames) {
    if (!died.isEmpty()) {
      frames.forEach(frame -> died.remove(frame.id()));
    }
  }

  /** All that earlier processes have left is accounted for. */
  synchronized void forget() {
    if (ends > 0) {
      ends = 0;
      died.clear();
      note();
    }
  }

  /** The log is closed as it should be. */
  synchronized void close() {
    closed = true;
    try {
      Files.deleteIfExists(file);
      SegmentFile.forceFolder(file.getParent());
    } catch (IOException e) {
      LOG.warn("can't delete {}: {}; the next start counts an unclean end", file, e.toString());
    }
  }

  private void note() {
    try {
      if (!closed) {
        write();
      }
    } catch (IOException e) {
      // the events are safe without it; only what ends the process is found later
      LOG.warn("can't write {}: {}", file, e.toString());
    }
  }

  private void read() throws IOException {
    for (String line : Files.readAllLines(file)) {
      String[] words = line.split(" ");
      try {
        switch (words[0]) {
          case ENDS -> ends = Integer.parseInt(words[1]);
          case UNDERWAY -> underway.add(words[1]);
          case DIED -> died.put(words[1], Integer.parseInt(words[2]));
          default -> throw new IllegalArgumentException(line);
        }
      } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
        throw new SetupException(file + " is damaged: delete it, no event is in it", e);
      }
    }
  }

  private void write() throws IOException {
    StringBuilder text = new StringBuilder(ENDS + " " + ends + "\n");
    underway.forEach(frame -> text.append(UNDERWAY + " ").append(frame).append('\n'));
    died.forEach(
        (frame, times) ->
            text.append(DIED + " ").append(frame).append(' ').append(times).append('\n'));
    Path written = file.resolveSibling(NAME + ".new");
    try (FileChannel channel =
        FileChannel.open(
            written,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    SegmentFile.forceFolder(file.getParent());
  }
}
