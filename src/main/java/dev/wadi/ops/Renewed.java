package dev.wadi.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A value that is read from files, and read again when one of them has changed: a secret or a
 * certificate that is renewed while the process runs. While what is there now can't be read, the
 * value that was there stays, and it is tried again; the log tells it once a change, {@link
 * #trouble} as long as it lasts. Thread-safe.
 */
public final class Renewed<T> implements Supplier<T> {

  private static final Logger LOG = LoggerFactory.getLogger(Renewed.class);

  /** How often the files are looked at, at most, in milliseconds. */
  static final long EVERY_MS = 1_000;

  private final List<Path> files;
  private final Supplier<T> read;
  private final Clock clock;
  private List<String> seen;
  private List<String> refused = List.of();
  private String trouble;
  private long lookedAt;
  private T value;

  /**
   * Reads it for the first time.
   *
   * @param read reads the files; throws if they can't be used
   * @throws RuntimeException what {@code read} throws
   */
  public Renewed(List<Path> files, Supplier<T> read, Clock clock) {
    this.files = List.copyOf(files);
    this.read = read;
    this.clock = clock;
    seen = look();
    lookedAt = clock.millis();
    value = read.get();
  }

  @Override
  public synchronized T get() {
    long now = clock.millis();
    // a clock that was set back must not end the looking
    if (Math.abs(now - lookedAt) >= EVERY_MS) {
      lookedAt = now;
      List<String> found = look();
      if (found.equals(seen)) {
        // also what was put back as it had been
        trouble = null;
        refused = List.of();
      } else {
        renew(found);
      }
    }
    return value;
  }

  /** Why the files as they are now can't be used; empty if the value is theirs. */
  public synchronized Optional<String> trouble() {
    get();
    return Optional.ofNullable(trouble);
  }

  private void renew(List<String> found) {
    try {
      value = read.get();
      seen = found;
      trouble = null;
      LOG.info("{} has changed and was read again", files);
    } catch (RuntimeException e) {
      trouble = e.getMessage();
      if (!found.equals(refused)) {
        LOG.warn("{} has changed, but what was read before stays: {}", files, trouble);
      }
      refused = found;
    }
  }

  /** By what is told that they have changed; links, as Kubernetes has them, are followed. */
  private List<String> look() {
    return files.stream().map(Renewed::look).toList();
  }

  private static String look(Path file) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return found.lastModifiedTime() + "/" + found.size() + "/" + found.fileKey();
    } catch (IOException e) {
      return "none";
    }
  }
}
