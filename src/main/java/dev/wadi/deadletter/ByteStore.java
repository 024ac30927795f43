package dev.wadi.deadletter;

/** Where original bytes go that are too many for a queue's message. */
@FunctionalInterface
public interface ByteStore {

  /**
   * Keeps bytes. Putting the same again is the same; durable on return.
   *
   * @param key the object's key in the lake
   * @throws RuntimeException if they are not kept; the record then stays unaccounted for
   */
  void put(String key, byte[] bytes);
}
