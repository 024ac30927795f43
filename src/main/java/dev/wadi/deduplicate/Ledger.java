package dev.wadi.deduplicate;

import dev.wadi.event.Claims.LandedKey;
import dev.wadi.event.EventKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * An index on disk from key to payload hash, appended to by commits. Thread-safe.
 *
 * <p>Commit ids rise: each new one is greater, as text, than every one before it.
 */
public interface Ledger extends AutoCloseable {

  /** The payload hash that was appended last with this key, or empty if the key isn't there. */
  OptionalLong find(EventKey key);

  /**
   * Looks for many keys at once, which is far cheaper than one by one.
   *
   * @param highs the first halves of the keys
   * @param lows their last halves
   * @param count how many keys there are; the arrays may be longer
   * @param hashes gets the payload hash of each key that is there
   * @param found is set to true for each key that is there; nothing else is changed
   */
  void find(long[] highs, long[] lows, int count, long[] hashes, boolean[] found);

  /** The payload hashes of those of the keys that are there. */
  default Map<EventKey, Long> findAll(Collection<EventKey> keys) {
    KeyArrays asked = KeyArrays.of(keys);
    boolean[] found = new boolean[asked.count()];
    find(asked.highs(), asked.lows(), asked.count(), asked.hashes(), found);
    return asked.where(found);
  }

  /**
   * Adds what a commit landed; durable on return. A key that is there already gets the new hash.
   * Appending a commit again changes nothing.
   *
   * @param commit at most 26 ASCII characters
   * @param highs the first halves of the keys
   * @param lows their last halves
   * @param hashes their payload hashes
   * @param count how many keys there are; the arrays may be longer
   * @throws dev.wadi.event.TransientException if the disk fails; nothing was appended then, or all
   *     of it, and appending the commit again settles which
   * @throws IllegalStateException if the commit is new but not greater than {@link #lastCommit}
   */
  void append(String commit, long[] highs, long[] lows, long[] hashes, int count);

  /** The same, with an object for each key. */
  default void append(String commit, List<LandedKey> landed) {
    KeyArrays keys = KeyArrays.ofLanded(landed);
    append(commit, keys.highs(), keys.lows(), keys.hashes(), keys.count());
  }

  /**
   * Adds keys ahead of the commits that landed them: {@link #lastCommit} stays as it is, so that
   * these commits are still to be appended. Adding keys again changes nothing.
   *
   * @param highs the first halves of the keys
   * @param lows their last halves
   * @param hashes their payload hashes
   * @param count how many keys there are; the arrays may be longer
   * @throws dev.wadi.event.TransientException if the disk fails
   */
  void add(long[] highs, long[] lows, long[] hashes, int count);

  /** The greatest commit id that was appended, or null if there is none. */
  String lastCommit();

  /** How many keys it has; one that was appended twice with two hashes may count twice. */
  long count();

  /** Forgets everything. */
  void clear();

  /** Ends work in the background; what was appended stays. */
  @Override
  void close();
}
