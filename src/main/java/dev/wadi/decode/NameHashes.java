package dev.wadi.decode;

/**
 * Remembers the hashes of the member names that occur again and again. Thread-safe without locks:
 * entries are immutable, and a lost one is only computed again.
 */
final class NameHashes {

  private static final int SLOTS = 2_048;
  private static final int MAX_LENGTH = 64;

  private record Entry(String name, long hash) {}

  private final Entry[] entries = new Entry[SLOTS];

  /** Whether the name is remembered. */
  boolean has(String name) {
    Entry entry = entries[slot(name)];
    return entry != null && entry.name.equals(name);
  }

  /** The hash of a name. */
  long of(String name) {
    int slot = slot(name);
    Entry entry = entries[slot];
    if (entry != null && entry.name.equals(name)) {
      return entry.hash;
    }
    long hash = PayloadHash.text(name.toCharArray(), 0, name.length());
    if (name.length() <= MAX_LENGTH) {
      entries[slot] = new Entry(name, hash);
    }
    return hash;
  }

  private static int slot(String name) {
    int code = name.hashCode();
    return (code ^ (code >>> 16)) & (SLOTS - 1);
  }
}
