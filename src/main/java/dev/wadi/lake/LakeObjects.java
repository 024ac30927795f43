package dev.wadi.lake;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;

/**
 * The objects of a lake, wherever they lie: {@link LakeFolder} for those that are files here; for
 * others the composition root has one. Nothing is changed by it. What can't be answered throws
 * {@link dev.wadi.event.TransientException} or {@link dev.wadi.event.SetupException}.
 */
public interface LakeObjects {

  /** Takes the objects of a listing, one after the other. */
  interface Visitor {
    void visit(String key, long bytes);
  }

  /**
   * Files that can be read until this is closed. Objects that were not there have no file; see
   * {@link #file}.
   */
  interface Fetched extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Goes through the objects below a folder, in any order. What is put or deleted meanwhile may be
   * among them or not.
   *
   * @param folder ends with a slash
   */
  void list(String folder, Visitor visitor);

  /**
   * Reads small objects into memory.
   *
   * @return the bytes by key; without the objects that are not there
   */
  Map<String, byte[]> read(Collection<String> keys);

  /** Whether an object is there now. */
  boolean exists(String key);

  /** Makes files of objects, at {@link #file}, for readers that need them. */
  Fetched fetch(Collection<String> keys);

  /** The file that an object is, or that it becomes when it is fetched. */
  Path file(String key);

  /** Whether a key stays inside the lake, as every key that Wadi writes does. */
  static boolean isInside(String key) {
    try {
      Path path = Path.of("/lake").resolve(key);
      return !key.startsWith("/") && path.startsWith("/lake/") && path.normalize().equals(path);
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
