package dev.wadi.deduplicate;

import dev.wadi.event.EventKey;
import java.util.OptionalLong;

/** Knows nothing: for claims of a process whose landed keys are in a table that it shares. */
public final class NoLedger implements Ledger {

  @Override
  public OptionalLong find(EventKey key) {
    return OptionalLong.empty();
  }

  @Override
  public void find(long[] highs, long[] lows, int count, long[] hashes, boolean[] found) {
    // none is found
  }

  @Override
  public void append(String commit, long[] highs, long[] lows, long[] hashes, int count) {
    // the commit's marker has settled its claims in the table
  }

  @Override
  public void add(long[] highs, long[] lows, long[] hashes, int count) {
    // likewise
  }

  @Override
  public String lastCommit() {
    return null;
  }

  @Override
  public long count() {
    return 0;
  }

  @Override
  public void clear() {
    // there is nothing
  }

  @Override
  public void close() {
    // nothing is open
  }
}
