package dev.wadi.lake;

import dev.wadi.event.SetupException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The files of every commit that stood at one moment: all of a commit or nothing.
 *
 * <p>The markers are the listing. All objects of a commit are there before its marker is, so a file
 * that a COMMITTED manifest names can be read, and no other is shown: not those of a commit on its
 * way, not what an aborted one or somebody else left behind. Intents are listed after the markers,
 * and what an open one names is left out. So is what a compaction has replaced, whose own files are
 * shown from the same moment on.
 */
public final class Snapshot {

  /** A listing that is written to meanwhile may lack a marker that a later one builds on. */
  private static final int TRIES = 5;

  private final Map<LakeTable, List<Path>> files;

  private Snapshot(Map<LakeTable, List<Path>> files) {
    this.files = files;
  }

  /**
   * The lake as it is now.
   *
   * @throws SetupException if a marker can't be read
   */
  public static Snapshot of(LakeFolder lake) {
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      List<ManifestHead> heads = heads(lake);
      Set<String> replaced = new HashSet<>();
      heads.forEach(head -> replaced.addAll(head.replaces()));
      Map<String, List<Path>> byName = new HashMap<>();
      int found = 0;
      for (ManifestHead head : heads) {
        for (ManifestFile file : head.files()) {
          if (replaced.contains(file.key())) {
            found++;
          } else {
            byName
                .computeIfAbsent(file.table(), name -> new ArrayList<>())
                .add(lake.file(file.key()));
          }
        }
      }
      if (found == replaced.size()) {
        return of(byName);
      }
    }
    throw new SetupException(
        "the lake's manifests don't fit together: a compaction replaces files that no commit names;"
            + " see `wadi verify`");
  }

  private static List<ManifestHead> heads(LakeFolder lake) {
    List<String> markers = lake.markers();
    Set<String> open = lake.openIntents();
    // in parallel, since thousands of small files are opened
    return markers.parallelStream()
        .filter(commit -> !open.contains(commit))
        .map(commit -> head(lake, commit))
        .filter(ManifestHead::isCommitted)
        .toList();
  }

  private static Snapshot of(Map<String, List<Path>> byName) {
    Map<LakeTable, List<Path>> files = new EnumMap<>(LakeTable.class);
    for (LakeTable table : LakeTable.values()) {
      files.put(table, List.copyOf(byName.getOrDefault(table.sqlName(), List.of())));
    }
    return new Snapshot(files);
  }

  /** The files of a table; the older commit's first. */
  public List<Path> files(LakeTable table) {
    return files.get(table);
  }

  private static ManifestHead head(LakeFolder lake, String commit) {
    try {
      return ManifestHead.read(lake.marker(commit));
    } catch (NoSuchFileException | java.io.FileNotFoundException e) {
      throw new SetupException(
          "the marker of commit " + commit + " vanished while it was read; try again", e);
    } catch (IOException e) {
      throw new SetupException(
          "the manifest of commit " + commit + " can't be read: see `wadi verify`", e);
    }
  }
}
