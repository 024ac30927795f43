package dev.wadi.land;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the protocol asks of the lake's object store. Every call that can't be answered throws
 * {@link dev.wadi.event.TransientException}; after that nothing is known about what it was to
 * change.
 */
public interface LakeStore {

  /**
   * Puts an object unless there is one of that key.
   *
   * @return false if there was one, which may be ours from a try whose answer was lost
   */
  boolean putIfAbsent(String key, byte[] body);

  /**
   * Puts staged files, several at a time. On return all of them are there. When it throws, some may
   * be; none is on its way any more, so that an undo can't be overtaken by a late put. May be
   * called again: an object that is there already as the same file of the same commit is done.
   *
   * @throws dev.wadi.event.TransientException if one could not be put
   * @throws IllegalStateException if a key is taken by another object
   */
  void publish(List<StagedObject> objects);

  /** The object's bytes, or empty if there is none. */
  Optional<byte[]> get(String key);

  /**
   * The object as a file, for readers that need one.
   *
   * @param folder where a copy may be put, if the store has no file of its own; it must exist
   * @return to be closed when it was read; empty if there is no object
   */
  Optional<LakeFile> file(String key, Path folder);

  /** The object's user metadata, or empty if there is none. */
  Optional<Map<String, String>> metadata(String key);

  /** Deletes an object; none there is no error. */
  void delete(String key);

  /** Deletes objects; none there is no error. Some may be deleted when it throws. */
  void delete(Collection<String> keys);

  /**
   * The keys with this prefix, in order.
   *
   * @param after only keys greater than this one; null for all
   */
  List<String> keys(String prefix, String after);
}
