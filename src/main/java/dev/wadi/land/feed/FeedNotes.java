package dev.wadi.land.feed;

import dev.wadi.event.TransientException;
import dev.wadi.land.LakeJson;
import dev.wadi.land.LakeStore;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The notes of one feed in the lake. Each is an object put once, and the one of the greatest number
 * counts; those before it are deleted. Of two processes that would write the next one, one is told
 * that it was too late. For one thread.
 */
final class FeedNotes {

  private static final String FOLDER = "_wadi/handed-on/";
  private static final String MEND =
      "put it back as it was; where that can't be, stop what runs the feed and delete it: from the"
          + " beginning everything is handed on once more, from now what has landed since is not";

  /** Another process may write and delete between a listing and a read. */
  private static final int TRIES = 5;

  private final LakeStore store;
  private final String folder;

  FeedNotes(LakeStore store, String feed) {
    this.store = store;
    this.folder = FOLDER + feed + "/";
  }

  /** A note with its number, which rises by one with each. */
  record Numbered(long number, Note note) {}

  /**
   * The note that counts; empty if there is none.
   *
   * @throws TransientException if it can't be read
   */
  Optional<Numbered> newest() {
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      List<String> keys = keys();
      if (keys.isEmpty()) {
        return Optional.empty();
      }
      String key = keys.get(keys.size() - 1);
      Optional<byte[]> bytes = store.get(key);
      if (bytes.isPresent()) {
        return Optional.of(
            new Numbered(number(key), LakeJson.read(key, bytes.get(), Note.class, MEND)));
      }
    }
    throw new TransientException("the notes in " + folder + " change too quickly", null);
  }

  /**
   * Writes the next note.
   *
   * @return false if another process has written one of this number, or a later one
   * @throws TransientException if the store doesn't answer; then it isn't known
   */
  boolean put(Numbered next) {
    String key = key(next.number());
    byte[] body = LakeJson.write(next.note());
    boolean ours =
        store.putIfAbsent(key, body)
            // or the answer to an earlier try was lost
            || store.get(key).filter(there -> Arrays.equals(there, body)).isPresent();
    if (!ours) {
      return false;
    }
    List<String> keys = keys();
    if (!keys.isEmpty() && number(keys.get(keys.size() - 1)) > next.number()) {
      // others have gone on since, and have deleted the one that stood here
      store.delete(key);
      return false;
    }
    store.delete(keys.stream().filter(old -> number(old) < next.number()).toList());
    return true;
  }

  private List<String> keys() {
    return store.keys(folder, null).stream().filter(key -> key.endsWith(".json")).toList();
  }

  private String key(long number) {
    return folder + String.format("%016d", number) + ".json";
  }

  private long number(String key) {
    return Long.parseLong(key.substring(folder.length(), key.length() - ".json".length()));
  }
}
