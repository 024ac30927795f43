package dev.wadi.event;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The outcome of every record of one batch. The account decides what a source acknowledges, not the
 * exchange: a batch whose account is not closed is given back, however well its exchange ended.
 *
 * <p>Thread-safe. Closed once, by the commit, when every outcome is durable; then it never changes.
 */
public final class Account {

  private final List<SourceRecord> records;
  private final Map<String, Outcome> outcomes;
  private boolean closed;

  Account(List<SourceRecord> records) {
    this.records = records;
    this.outcomes = new HashMap<>(records.size() * 2);
  }

  /**
   * Notes or changes what became of a record.
   *
   * @throws IllegalStateException if the account is closed
   */
  public synchronized void put(SourceRecord record, Outcome outcome) {
    if (closed) {
      throw new IllegalStateException("the account is closed; " + record + " came late");
    }
    outcomes.put(record.position(), outcome);
  }

  /** What became of a record so far, or null if nothing is noted. */
  public synchronized Outcome outcome(SourceRecord record) {
    return outcomes.get(record.position());
  }

  /**
   * Whether a record was dropped on purpose. That stands, whatever steps come behind: a drop ends
   * its own route, and not the one that called it.
   */
  public boolean isDropped(SourceRecord record) {
    return outcome(record) instanceof Outcome.Filtered;
  }

  /** The records that have no outcome yet, in the batch's order. */
  public synchronized List<SourceRecord> unaccounted() {
    List<SourceRecord> missing = new ArrayList<>();
    for (SourceRecord record : records) {
      if (!outcomes.containsKey(record.position())) {
        missing.add(record);
      }
    }
    return missing;
  }

  /**
   * Closes the account: every outcome is durable now.
   *
   * @throws IllegalStateException if a record has no outcome, or is still a candidate
   */
  public synchronized void close() {
    for (SourceRecord record : records) {
      Outcome outcome = outcomes.get(record.position());
      if (outcome == null || outcome instanceof Outcome.Candidate) {
        throw new IllegalStateException(
            "the account can't be closed: " + record + " is " + outcome);
      }
    }
    closed = true;
  }

  public synchronized boolean isClosed() {
    return closed;
  }
}
