package dev.wadi.decode;

/**
 * Remembers the hashes of the member names that occur again and again. Thread-safe without locks:
 * entries are immutable, and a lost one is only computed again.
 */
final class NameHashes {

  private static final int SLOTS = 2_048;
  private static final int MAX_LENGTH = 64;

  /** A name and its hash. */
  record Entry(String name, long hash) {}

  private final Entry[] entries = new Entry[SLOTS];

  /** The hash of a name, or null if the name isn't remembered. */
  Entry find(String name) {
    Entry entry = entries[slot(name)];
    // the parser interns names, so nearly always it is the same one
    return entry != null && (entry.name == name || entry.name.equals(name)) ? entry : null;
  }

  /** Remembers the hash of a name, unless the name is very long. */
  void add(String name, long hash) {
    if (name.length() <= MAX_LENGTH) {
      entries[slot(name)] = new Entry(name, hash);
    }
  }

  private static int slot(String name) {
    int code = name.hashCode();
    return (code ^ (code >>> 16)) & (SLOTS - 1);
  }
}
