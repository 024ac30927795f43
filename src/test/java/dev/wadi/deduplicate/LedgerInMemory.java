package dev.wadi.deduplicate;

import dev.wadi.event.Claims.LandedKey;
import dev.wadi.event.EventKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
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
  public Map<EventKey, Long> findAll(Collection<EventKey> wanted) {
    Map<EventKey, Long> found = new HashMap<>(keys);
    found.keySet().retainAll(wanted);
    return found;
  }

  @Override
  public void append(String commit, List<LandedKey> landed) {
    beforeAppend.run();
    landed.forEach(one -> keys.put(one.key(), one.payloadHash()));
    commits.add(commit);
    afterAppend.run();
  }

  @Override
  public void add(List<LandedKey> landed) {
    landed.forEach(one -> keys.put(one.key(), one.payloadHash()));
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
