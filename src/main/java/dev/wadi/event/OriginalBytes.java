package dev.wadi.event;

/** Where the original bytes of a dead letter are that were too many for a queue's message. */
@FunctionalInterface
public interface OriginalBytes {

  /**
   * Reads them.
   *
   * @param key the object's key in the lake
   * @throws TransientException if the store doesn't answer, or has no such object
   */
  byte[] get(String key);
}
