package dev.wadi.land;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * The intents and markers in the lake, which alone say which commits stand. Every call can throw
 * {@link dev.wadi.event.TransientException}. Thread-safe.
 */
public final class CommitLog {

  private static final String INTENTS = "_wadi/intents/";
  private static final String COMMITS = "_wadi/commits/";
  private static final String COMPACTIONS = "_wadi/compactions/";
  private static final String JSON = ".json";

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          // a newer Wadi may have written more
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final LakeStore store;

  public CommitLog(LakeStore store) {
    this.store = store;
  }

  /** Names the objects to come. Ids are used once, so an intent that is there already is ours. */
  void open(Intent intent) {
    store.putIfAbsent(INTENTS + intent.commit() + JSON, write(intent));
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
    return store.get(INTENTS + commit + JSON).map(bytes -> read(bytes, Intent.class));
  }

  /**
   * Puts a marker, unless the commit has one.
   *
   * @return the marker that is final: this one, or whichever was first
   */
  Manifest settle(Manifest marker) {
    String key = COMMITS + marker.commit() + JSON;
    if (store.putIfAbsent(key, write(marker))) {
      return marker;
    }
    return marker(marker.commit()).orElseThrow(() -> new IllegalStateException(key + " vanished"));
  }

  /** A commit's marker, or empty if it is not settled. */
  public Optional<Manifest> marker(String commit) {
    return store.get(COMMITS + commit + JSON).map(bytes -> read(bytes, Manifest.class));
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
    store.putIfAbsent(COMPACTIONS + compaction.commit() + JSON, write(compaction));
  }

  /** Ends a compaction of which nothing is left to be done. */
  public void end(String compaction) {
    store.delete(COMPACTIONS + compaction + JSON);
  }

  /** The compactions of which something is left to be done, in order. */
  public List<PendingCompaction> pendingCompactions() {
    return ids(COMPACTIONS, null).stream()
        .flatMap(commit -> store.get(COMPACTIONS + commit + JSON).stream())
        .map(bytes -> read(bytes, PendingCompaction.class))
        .toList();
  }

  private List<String> ids(String folder, String after) {
    return store.keys(folder, after).stream()
        .filter(key -> key.endsWith(JSON))
        .map(key -> key.substring(folder.length(), key.length() - JSON.length()))
        .toList();
  }

  private static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T read(byte[] bytes, Class<T> type) {
    try {
      return MAPPER.readValue(bytes, type);
    } catch (IOException e) {
      throw new UncheckedIOException("a marker or intent in the lake is damaged", e);
    }
  }
}
