package dev.wadi.local;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bucket's folder that tells of the files in it, as S3 does of objects: of those that are there
 * at the start, and of each that is copied, moved or put into it, when it has not changed for a
 * moment. A file that changes is told of again.
 *
 * <p>A file whose name, or that of a folder it is in, begins with a dot, or that looks temporary,
 * is left alone. Thread-safe.
 */
public final class DropFolder implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DropFolder.class);
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration STOP = Duration.ofSeconds(5);

  /** A file must not have changed for so long: whoever writes it may not have ended. */
  static final Duration SETTLED = Duration.ofSeconds(1);

  private final Path root;
  private final Predicate<DroppedFile> known;
  private final Consumer<List<DroppedFile>> tell;
  private final Clock clock;
  private final WatchService watch;
  private final Map<WatchKey, Path> watched = new HashMap<>();
  private final Map<Path, Candidate> candidates = new HashMap<>();
  private final Map<Path, String> told = new HashMap<>();
  private final Thread thread = new Thread(this::run, "wadi-drop-folder");
  private volatile boolean closed;

  /** A file that may still be written, as it was since then. */
  private record Candidate(DroppedFile file, Instant since) {}

  private DropFolder(
      Path root,
      Predicate<DroppedFile> known,
      Consumer<List<DroppedFile>> tell,
      Clock clock,
      WatchService watch) {
    this.root = root;
    this.known = known;
    this.tell = tell;
    this.clock = clock;
    this.watch = watch;
    thread.setDaemon(true);
  }

  /**
   * Opens a bucket's folder, which must be there.
   *
   * @param known whether a file needs not be told of, since it has landed
   * @param tell takes files; what it throws makes it be told again
   */
  public static DropFolder open(
      Path root, Predicate<DroppedFile> known, Consumer<List<DroppedFile>> tell, Clock clock)
      throws IOException {
    Path absolute = root.toAbsolutePath().normalize();
    return new DropFolder(absolute, known, tell, clock, absolute.getFileSystem().newWatchService());
  }

  /** Begins to look, in a thread of its own. */
  public void start() {
    thread.start();
  }

  /** Whether all files that are there now have been told of. Looks at all of them. */
  public synchronized boolean isQuiet() {
    try {
      scan(root);
      return candidates.isEmpty();
    } catch (IOException e) {
      LOG.warn("{} can't be looked through: {}", root, e.toString());
      return false;
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(STOP.toMillis());
      watch.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new IllegalStateException("the watching of " + root + " did not end", e);
    }
  }

  private void run() {
    boolean scanned = false;
    while (!closed) {
      try {
        if (!scanned) {
          scanAll();
          scanned = true;
        }
        WatchKey key = watch.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        for (; key != null; key = watch.poll()) {
          notice(key);
        }
        tellSettled();
      } catch (InterruptedException e) {
        return;
      } catch (IOException | RuntimeException e) {
        if (closed) {
          return;
        }
        // nothing was told that isn't told again: all is looked at anew
        LOG.warn("{} can't be watched now, it goes on: {}", root, e.toString());
        scanned = false;
      }
    }
  }

  private synchronized void scanAll() throws IOException {
    scan(root);
  }

  private synchronized void notice(WatchKey key) throws IOException {
    Path folder = watched.get(key);
    for (WatchEvent<?> event : key.pollEvents()) {
      if (event.kind() == StandardWatchEventKinds.OVERFLOW || folder == null) {
        scan(root);
      } else {
        Path path = folder.resolve((Path) event.context());
        if (event.kind() == StandardWatchEventKinds.ENTRY_DELETE) {
          candidates.remove(path);
          told.remove(path);
        } else if (Files.isDirectory(path)) {
          scan(path);
        } else {
          look(path);
        }
      }
    }
    if (!key.reset()) {
      watched.remove(key);
    }
  }

  private void scan(Path from) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            if (!folder.equals(root) && DroppedFile.isToBeLeft(folder)) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            // before its files are looked at, so that none slips in between
            watched.put(
                folder.register(
                    watch,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE),
                folder);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            look(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Takes a file for one that is to be told of when it has settled. */
  private void look(Path path) throws IOException {
    if (DroppedFile.isToBeLeft(path) || !Files.isRegularFile(path)) {
      return;
    }
    DroppedFile file = DroppedFile.of(root, path);
    if (file == null || file.version().equals(told.get(path))) {
      return;
    }
    Candidate before = candidates.get(path);
    if (before == null || !before.file().equals(file)) {
      candidates.put(path, new Candidate(file, clock.instant()));
    }
  }

  private synchronized void tellSettled() throws IOException {
    Instant settled = clock.instant().minus(SETTLED);
    List<DroppedFile> toTell = new ArrayList<>();
    List<Path> paths = new ArrayList<>();
    for (Path path : List.copyOf(candidates.keySet())) {
      look(path);
      Candidate candidate = candidates.get(path);
      if (!Files.exists(path)) {
        candidates.remove(path);
      } else if (!candidate.since().isAfter(settled)) {
        paths.add(path);
        if (!known.test(candidate.file())) {
          toTell.add(candidate.file());
        }
      }
    }
    if (!toTell.isEmpty()) {
      tell.accept(toTell);
    }
    for (Path path : paths) {
      told.put(path, candidates.remove(path).file().version());
    }
  }
}
