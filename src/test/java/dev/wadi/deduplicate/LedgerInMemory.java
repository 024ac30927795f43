package dev.wadi.deduplicate;

import dev.wadi.event.EventKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** A ledger without a disk, which lets a test step in where a race would be lost. */
final class LedgerInMemory implements Ledger {

  final List<String> commits = new ArrayList<>();
  Runnable afterFind = () -> {};
  Runnable beforeAppend = () -> {};
  Runnable afterAppend = () -> {};
  private final Map<EventKey, Long> keys = new ConcurrentHashMap<>();

  @Override
  public OptionalLong find(EventKey key) {
    Long hash = keys.get(key);
    afterFind.run();
    return hash == null ? OptionalLong.empty() : OptionalLong.of(hash);
  }

  @Override
  public void find(long[] highs, long[] lows, int count, long[] hashes, boolean[] found) {
    for (int i = 0; i < count; i++) {
      Long hash = keys.get(new EventKey(highs[i], lows[i]));
      if (hash != null) {
        hashes[i] = hash;
        found[i] = true;
      }
    }
  }

  @Override
  public void append(String commit, long[] highs, long[] lows, long[] hashes, int count) {
    beforeAppend.run();
    add(highs, lows, hashes, count);
    commits.add(commit);
    afterAppend.run();
  }

  @Override
  public void add(long[] highs, long[] lows, long[] hashes, int count) {
    for (int i = 0; i < count; i++) {
      keys.put(new EventKey(highs[i], lows[i]), hashes[i]);
    }
  }

  @Override
  public String lastCommit() {
    return commits.isEmpty() ? null : commits.get(commits.size() - 1);
  }

  @Override
  public long count() {
    return keys.size();
  }

  @Override
  public void clear() {
    keys.clear();
    commits.clear();
  }

  @Override
  public void close() {}
}
