package dev.wadi.land.feed;

import dev.wadi.event.TransientException;
import dev.wadi.land.LakeFile;
import dev.wadi.land.LakeStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Copies of files that hold rows of several commits, kept for the next of these, up to a size; the
 * one that was used longest ago goes first. For one thread.
 */
final class HeldFiles implements AutoCloseable {

  private final LakeStore store;
  private final Path folder;
  private final long maxBytes;
  private final Map<String, LakeFile> held = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /**
   * @param folder for copies alone
   * @param maxBytes how much is kept, beside the file that is read
   */
  HeldFiles(LakeStore store, Path folder, long maxBytes) {
    this.store = store;
    this.folder = folder;
    this.maxBytes = maxBytes;
  }

  /** Deletes what a killed process has left, and makes the folder. */
  void open() {
    try {
      Files.createDirectories(folder);
      try (Stream<Path> left = Files.list(folder)) {
        for (Path file : left.filter(Files::isRegularFile).toList()) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new TransientException("can't use the folder " + folder + ": " + e, e);
    }
  }

  /** A file for one reading; to be closed. Empty if the lake doesn't have it. */
  Optional<LakeFile> once(String key) {
    return store.file(key, folder);
  }

  /** The path of a file that is kept until there are too many; empty if the lake lacks it. */
  Optional<Path> kept(String key) {
    LakeFile there = held.get(key);
    if (there == null) {
      Optional<LakeFile> copy = store.file(key, folder);
      if (copy.isEmpty()) {
        return Optional.empty();
      }
      there = copy.get();
      bytes += size(there);
      held.put(key, there);
      evict();
    }
    return Optional.of(there.path());
  }

  @Override
  public void close() {
    held.values().forEach(HeldFiles::drop);
    held.clear();
    bytes = 0;
  }

  private void evict() {
    Iterator<LakeFile> eldest = held.values().iterator();
    while (bytes > maxBytes && held.size() > 1) {
      LakeFile file = eldest.next();
      bytes -= size(file);
      eldest.remove();
      drop(file);
    }
  }

  private static long size(LakeFile file) {
    try {
      return Files.size(file.path());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void drop(LakeFile file) {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
