package dev.wadi.cli;

import java.util.List;

/** What has become of dead letters, as their replays tell. */
final class LetterStates {

  /** Every state: not replayed yet, or what became of it by its replays. */
  static final List<String> ALL =
      List.of("open", "landed", "duplicate", "conflict", "filtered", "rejected");

  /** Those that a replay may still change. */
  static final List<String> UNDONE = List.of("open", "rejected");

  /**
   * The dead letters with their state. What has landed once stays landed, whatever became of later
   * replays.
   */
  static final String DEAD_LETTERS =
      "(SELECT d.*, coalesce(r.state, 'open') AS state, r.replayed_at, coalesce(r.times, 0) AS"
          + " replayed FROM dead_letters d LEFT JOIN (SELECT dead_letter_id, CASE"
          + " WHEN bool_or(outcome = 'landed') THEN 'landed'"
          + " WHEN bool_or(outcome = 'duplicate') THEN 'duplicate'"
          + " WHEN bool_or(outcome = 'conflict') THEN 'conflict'"
          + " WHEN bool_or(outcome = 'filtered') THEN 'filtered' ELSE 'rejected' END AS state,"
          + " max(replayed_at) AS replayed_at, count(*) AS times FROM replays GROUP BY 1) r"
          + " USING (dead_letter_id))";

  private LetterStates() {}
}
