package dev.wadi.deduplicate;

/**
 * The keys of users' own routes: added by an owner, then confirmed for good or removed. They have
 * nothing to do with events. Thread-safe.
 */
public interface RouteKeys extends AutoCloseable {

  /** Takes a key; false if somebody has it already, or it is confirmed. */
  boolean add(String key, Object owner);

  /** Whether somebody has a key, or it is confirmed. */
  boolean contains(String key);

  /** Keeps a key for good that the owner has; false if it doesn't have it. */
  boolean confirm(String key, Object owner);

  /** Forgets a key that the owner has; false if it doesn't have it. */
  boolean remove(String key, Object owner);

  /** Keeps a key for good, whoever has it; false if it was confirmed before. */
  boolean confirm(String key);

  /** Forgets a key, whoever has it; false if nobody had. */
  boolean remove(String key);

  /** Forgets all keys. */
  void clear();

  @Override
  void close();
}
