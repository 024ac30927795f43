package dev.wadi.deduplicate;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wadi.event.Lines;
import dev.wadi.event.SetupException;
import dev.wadi.event.TransientException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far lines are accounted for, for the only writer of a lake: one small file, derived from the
 * lake's manifests. Thread-safe.
 */
public final class LineLog implements Lines {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final Map<String, Map<String, String>> positions;
  private boolean complete;

  private LineLog(Path file, Map<String, Map<String, String>> positions, boolean complete) {
    this.file = file;
    this.positions = positions;
    this.complete = complete;
  }

  /**
   * Reads the file.
   *
   * @throws SetupException if it is there and can't be read
   */
  public static LineLog open(Path file) {
    if (!Files.exists(file)) {
      return new LineLog(file, new TreeMap<>(), false);
    }
    try {
      Map<String, Map<String, String>> positions =
          JSON.readValue(Files.readAllBytes(file), new TypeReference<>() {});
      if (positions == null || positions.values().stream().anyMatch(LineLog::isDamaged)) {
        throw new SetupException(
            file + " is damaged: delete it, and it is made anew from the lake");
      }
      return new LineLog(file, positions, true);
    } catch (IOException e) {
      throw new SetupException(
          file + " can't be read (" + e + "): delete it, and it is made anew from the lake", e);
    }
  }

  private static boolean isDamaged(Map<String, String> lines) {
    return lines == null || lines.containsValue(null);
  }

  /** Whether it has been filled; otherwise all commits of the lake are to be noted. */
  public synchronized boolean isComplete() {
    return complete;
  }

  /** Forgets everything; all commits of the lake are to be noted. */
  public synchronized void clear() {
    positions.clear();
    complete = false;
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new TransientException("can't delete " + file + ": " + e, e);
    }
  }

  /** All commits of the lake are noted. */
  public synchronized void complete() {
    if (!complete) {
      write();
      complete = true;
    }
  }

  @Override
  public synchronized Optional<String> begin(String source, String line) {
    return Optional.ofNullable(ofSource(source).get(line));
  }

  @Override
  public synchronized Collection<Part> take(String commit, String source, Collection<Part> parts) {
    Map<String, String> known = ofSource(source);
    return parts.stream()
        .filter(part -> !Objects.equals(known.get(part.line()), part.after()))
        .toList();
  }

  @Override
  public synchronized void confirm(String commit, String source, Collection<Part> parts) {
    if (parts.isEmpty()) {
      return;
    }
    Map<String, String> known = positions.computeIfAbsent(source, name -> new TreeMap<>());
    parts.forEach(part -> known.put(part.line(), part.to()));
    if (complete) {
      write();
    }
  }

  private Map<String, String> ofSource(String source) {
    return positions.getOrDefault(source, Map.of());
  }

  private void write() {
    Path made = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(made, JSON.writeValueAsBytes(positions));
      try (FileChannel channel = FileChannel.open(made, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
      SegmentWriter.force(file.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new TransientException("can't write " + file + ": " + e, e);
    }
  }
}
