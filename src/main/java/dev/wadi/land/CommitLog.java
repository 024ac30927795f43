package dev.wadi.land;

import java.util.List;
import java.util.Optional;

/**
 * The intents and markers in the lake, which alone say which commits stand. Every call can throw
 * {@link dev.wadi.event.TransientException}, and each that reads an object {@link
 * dev.wadi.event.SetupException} if it is damaged. Thread-safe.
 */
public final class CommitLog {

  private static final String INTENTS = "_wadi/intents/";
  private static final String COMMITS = "_wadi/commits/";
  private static final String COMPACTIONS = "_wadi/compactions/";
  private static final String JSON = ".json";

  private final LakeStore store;

  public CommitLog(LakeStore store) {
    this.store = store;
  }

  /** Names the objects to come. Ids are used once, so an intent that is there already is ours. */
  void open(Intent intent) {
    store.putIfAbsent(INTENTS + intent.commit() + JSON, LakeJson.write(intent));
  }

  /** Deletes an intent whose commit is settled. */
  void close(String commit) {
    store.delete(INTENTS + commit + JSON);
  }

  /** The commits whose intents are open, in order. */
  public List<String> open() {
    return ids(INTENTS, null);
  }

  /** An open intent, or empty if it is gone. */
  Optional<Intent> intent(String commit) {
    String key = INTENTS + commit + JSON;
    return store.get(key).map(bytes -> LakeJson.read(key, bytes, Intent.class));
  }

  /**
   * Puts a marker, unless the commit has one.
   *
   * @return the marker that is final: this one, or whichever was first
   */
  Manifest settle(Manifest marker) {
    String key = COMMITS + marker.commit() + JSON;
    if (store.putIfAbsent(key, LakeJson.write(marker))) {
      return marker;
    }
    return marker(marker.commit()).orElseThrow(() -> new IllegalStateException(key + " vanished"));
  }

  /** A commit's marker, or empty if it is not settled. */
  public Optional<Manifest> marker(String commit) {
    String key = COMMITS + commit + JSON;
    return store.get(key).map(bytes -> LakeJson.read(key, bytes, Manifest.class));
  }

  /** The ids of the settled commits, standing or not, in order. */
  public List<String> settledAfter(String commit) {
    return ids(COMMITS, commit == null ? null : COMMITS + commit + JSON);
  }

  /**
   * Names what a compaction is about to put and to replace, before its intent does. It stays longer
   * than the intent: until the compaction is given up, or what it replaced is deleted.
   */
  public void begin(PendingCompaction compaction) {
    store.putIfAbsent(COMPACTIONS + compaction.commit() + JSON, LakeJson.write(compaction));
  }

  /** Ends a compaction of which nothing is left to be done. */
  public void end(String compaction) {
    store.delete(COMPACTIONS + compaction + JSON);
  }

  /** The compactions of which something is left to be done, in order. */
  public List<PendingCompaction> pendingCompactions() {
    return ids(COMPACTIONS, null).stream()
        .flatMap(commit -> pendingCompaction(COMPACTIONS + commit + JSON).stream())
        .toList();
  }

  private Optional<PendingCompaction> pendingCompaction(String key) {
    return store.get(key).map(bytes -> LakeJson.read(key, bytes, PendingCompaction.class));
  }

  private List<String> ids(String folder, String after) {
    return store.keys(folder, after).stream()
        .filter(key -> key.endsWith(JSON))
        .map(key -> key.substring(folder.length(), key.length() - JSON.length()))
        .toList();
  }
}
