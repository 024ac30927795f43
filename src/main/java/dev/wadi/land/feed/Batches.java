package dev.wadi.land.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Gathers the rows of one commit into bounded batches. For one thread. */
final class Batches implements RowSink {

  /** Takes a batch. */
  interface Taker {
    void take(Landed batch) throws InterruptedException;
  }

  private final String commit;
  private final FeedSettings settings;
  private final Taker taker;
  private List<Map<String, Object>> gathered = new ArrayList<>();
  private long bytes;
  private long rows;

  Batches(String commit, FeedSettings settings, Taker taker) {
    this.commit = commit;
    this.settings = settings;
    this.taker = taker;
  }

  @Override
  public void take(Map<String, Object> row) throws InterruptedException {
    long size = size(row);
    if (!gathered.isEmpty() && bytes + size > settings.maxBytes()) {
      hand();
    }
    gathered.add(row);
    rows++;
    bytes += size;
    if (gathered.size() >= settings.maxRows()) {
      hand();
    }
  }

  @Override
  public void again() {
    gathered = new ArrayList<>();
    bytes = 0;
    rows = 0;
  }

  /** There are no more rows. */
  void end() throws InterruptedException {
    if (!gathered.isEmpty()) {
      hand();
    }
  }

  /** How many rows came since the commit was begun. */
  long rows() {
    return rows;
  }

  private void hand() throws InterruptedException {
    List<Map<String, Object>> full = gathered;
    gathered = new ArrayList<>();
    bytes = 0;
    taker.take(new Landed(commit, full, 1));
  }

  private static long size(Map<String, Object> row) {
    long size = 0;
    for (Object value : row.values()) {
      size += value instanceof String text ? text.length() : Long.BYTES;
    }
    return size;
  }
}
