package dev.wadi.land.feed;

import dev.wadi.event.TransientException;
import dev.wadi.land.CurrentFiles;
import dev.wadi.land.LakeColumns;
import dev.wadi.land.LakeFile;
import dev.wadi.land.Manifest;
import dev.wadi.land.Manifest.LandedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the rows that a commit has landed in a table: from its own files or, where a compaction has
 * joined these with others and they are gone, from the files that hold its rows now. For one
 * thread.
 */
final class CommitReader implements AutoCloseable {

  /** A compaction may take files away again and again while they are read. */
  private static final int TRIES = 5;

  private static final long HELD_BYTES = 1L << 30;

  private final FeedLake lake;
  private final String table;
  private final HeldFiles files;
  private final RowQuery query;
  private final LakeColumns columns;
  private CurrentFiles current;

  /**
   * @param folder for copies of files alone
   */
  CommitReader(FeedLake lake, FeedSettings settings, Path folder) {
    this.lake = lake;
    this.table = settings.table();
    this.files = new HeldFiles(lake.store(), folder, HELD_BYTES);
    this.query = new RowQuery(folder, settings.documents());
    this.columns = new LakeColumns(lake.store());
  }

  /** Begins with an empty folder. */
  void open() {
    files.open();
  }

  /** The files that a commit has landed in the table. */
  List<LandedFile> filesOf(Manifest commit) {
    return commit.files().stream().filter(file -> file.table().equals(table)).toList();
  }

  /**
   * Reads a commit.
   *
   * @param after a commit before it; null if there is none. Compactions before that are not looked
   *     for
   * @throws TransientException if a file can't be read, or the lake lacks it
   */
  void read(Manifest commit, String after, RowSink sink) throws InterruptedException {
    Optional<String> gone = tryRead(commit, sink);
    for (int attempt = 1; gone.isPresent(); attempt++) {
      if (current == null) {
        current = new CurrentFiles(lake.log(), after);
      }
      current.refresh();
      if (attempt == TRIES || !current.isReplaced(gone.get())) {
        throw new TransientException(
            "the lake lacks %s of commit %s: see `wadi verify`"
                .formatted(gone.get(), commit.commit()),
            null);
      }
      sink.again();
      gone = tryRead(commit, sink);
    }
  }

  /** Nothing waits: gives up what was kept for the next commit. */
  void rest() {
    current = null;
    files.close();
    query.close();
  }

  @Override
  public void close() {
    rest();
  }

  /** Answers which file was gone; empty if all was read. */
  private Optional<String> tryRead(Manifest commit, RowSink sink) throws InterruptedException {
    Set<String> joinedFolders = new HashSet<>();
    for (LandedFile file : filesOf(commit)) {
      Optional<String> gone;
      if (current == null || !current.isReplaced(file.key())) {
        gone = readOwn(file, sink);
      } else if (joinedFolders.add(file.folder())) {
        gone = readJoined(file.folder(), commit, sink);
      } else {
        gone = Optional.empty();
      }
      if (gone.isPresent()) {
        return gone;
      }
    }
    return Optional.empty();
  }

  private Optional<String> readOwn(LandedFile file, RowSink sink) throws InterruptedException {
    Optional<LakeFile> there = files.once(file.key());
    if (there.isEmpty()) {
      return Optional.of(file.key());
    }
    try (LakeFile open = there.get()) {
      query.read(open.path(), () -> columns.of(table), null, sink);
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<String> readJoined(String folder, Manifest commit, RowSink sink)
      throws InterruptedException {
    for (LandedFile joined : current.joined()) {
      if (joined.folder().equals(folder)) {
        Optional<Path> there = files.kept(joined.key());
        if (there.isEmpty()) {
          return Optional.of(joined.key());
        }
        query.read(there.get(), () -> columns.of(table), commit.commit(), sink);
      }
    }
    return Optional.empty();
  }
}
