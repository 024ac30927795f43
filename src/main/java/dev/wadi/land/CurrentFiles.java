package dev.wadi.land;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which objects hold the lake's rows now: those that commits which stand have landed, but for those
 * that a compaction has replaced. Reads every marker once; what stands or not is final. Not
 * thread-safe.
 */
public final class CurrentFiles {

  /** As many markers are in memory at a time. */
  private static final int SLICE = 512;

  private final CommitLog log;
  private final String after;
  private final Set<String> known = new HashSet<>();
  private final Set<String> replaced = new HashSet<>();
  private final Map<String, Current> current = new LinkedHashMap<>();

  /**
   * A file.
   *
   * @param joined whether a compaction wrote it, so that it has rows of several commits
   * @param fresh whether it has rows of a commit later than {@link CurrentFiles} begins
   */
  private record Current(Manifest.LandedFile file, boolean joined, boolean fresh) {}

  /**
   * @param after only commits later than this one are looked at, whatever they replace; null for
   *     all
   */
  public CurrentFiles(CommitLog log, String after) {
    this.log = log;
    this.after = after;
  }

  /**
   * Takes in the commits that have settled since it was last called. Those whose intent is still
   * open are left for the next time, as readers leave them out.
   */
  public void refresh() {
    // the markers first: an intent goes when its commit's marker is there
    List<String> settled = log.settledAfter(after);
    Set<String> open = new HashSet<>(log.open());
    List<String> unknown =
        settled.stream()
            .filter(commit -> !known.contains(commit) && !open.contains(commit))
            .toList();
    for (int from = 0; from < unknown.size(); from += SLICE) {
      List<String> slice = unknown.subList(from, Math.min(unknown.size(), from + SLICE));
      Map<String, Manifest> markers = new ConcurrentHashMap<>();
      Concurrently.forEach(
          slice, commit -> log.marker(commit).ifPresent(marker -> markers.put(commit, marker)));
      // in order: what a compaction replaces is of commits before it
      slice.stream().filter(markers::containsKey).forEach(commit -> add(markers.get(commit)));
    }
  }

  /** The greatest id of the commits that it knows, standing or not; null if there are none. */
  public String last() {
    return known.stream().max(String::compareTo).orElse(null);
  }

  /** All files that hold rows now. */
  public Collection<Manifest.LandedFile> all() {
    return current.values().stream().map(Current::file).toList();
  }

  /** Of these, those that a compaction wrote and that hold rows of the commits looked at. */
  public Collection<Manifest.LandedFile> joined() {
    return current.values().stream()
        .filter(file -> file.joined() && file.fresh())
        .map(Current::file)
        .toList();
  }

  /** Whether a compaction has replaced an object. */
  public boolean isReplaced(String key) {
    return replaced.contains(key);
  }

  private void add(Manifest marker) {
    known.add(marker.commit());
    if (marker.isAborted()) {
      return;
    }
    Map<String, Boolean> freshFolders = new HashMap<>();
    for (String key : marker.replaces()) {
      replaced.add(key);
      Current gone = current.remove(key);
      freshFolders.merge(ObjectKeys.folder(key), gone != null && gone.fresh(), Boolean::logicalOr);
    }
    for (Manifest.LandedFile file : marker.files()) {
      if (!replaced.contains(file.key())) {
        boolean fresh = !marker.isCompaction() || freshFolders.getOrDefault(file.folder(), false);
        current.put(file.key(), new Current(file, marker.isCompaction(), fresh));
      }
    }
  }
}
