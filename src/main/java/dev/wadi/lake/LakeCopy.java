package dev.wadi.lake;

import dev.wadi.event.SetupException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a statement reads of a lake, as a folder: the lake itself where that is one, else copies of
 * the manifests and of the files of the tables that the statement names.
 */
public final class LakeCopy implements AutoCloseable {

  /** A compaction may delete a file before it is copied. */
  private static final int TRIES = 5;

  private final LakeObjects lake;
  private final List<LakeObjects.Fetched> fetched = new ArrayList<>();

  private LakeCopy(LakeObjects lake) {
    this.lake = lake;
  }

  /**
   * Copies what must be copied.
   *
   * @throws SetupException if the lake lacks what its manifests name
   */
  public static LakeCopy of(LakeObjects lake, String sql) {
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      LakeCopy copy = new LakeCopy(lake);
      try {
        if (copy.fetchAll(sql)) {
          return copy;
        }
      } catch (RuntimeException e) {
        copy.close();
        throw e;
      }
      copy.close();
    }
    throw new SetupException("the lake has lost files that a commit names: see `wadi verify`");
  }

  /** The folder to be read. */
  public LakeFolder folder() {
    return new LakeFolder(lake.file(""));
  }

  @Override
  public void close() {
    fetched.forEach(LakeObjects.Fetched::close);
  }

  private boolean fetchAll(String sql) {
    if (lake instanceof LakeFolder) {
      return true;
    }
    // the intents last: one that is gone by then has a marker that stands among these, or later
    fetched.add(
        lake.fetch(MarkerListing.of(lake).all().stream().map(CommitNames::marker).toList()));
    fetched.add(lake.fetch(keys(CommitNames.INTENTS)));
    fetched.add(lake.fetch(keys("_wadi/schema/")));
    Snapshot snapshot = Snapshot.of(folder());
    List<Path> files =
        Tables.named(sql).stream().flatMap(table -> snapshot.files(table).stream()).toList();
    fetched.add(
        lake.fetch(
            files.stream().map(file -> folder().root().relativize(file).toString()).toList()));
    return files.stream().allMatch(Files::exists);
  }

  private List<String> keys(String folder) {
    List<String> keys = new ArrayList<>();
    lake.list(folder, (key, bytes) -> keys.add(key));
    return keys;
  }
}
