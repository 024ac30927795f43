package dev.wadi.deduplicate;

/** What opening a {@link SegmentLedger} does when a segment is damaged or missing. */
public enum OnDamage {
  /**
   * Gives up that segment and every newer one, intact or not, and goes on with what is older. For a
   * ledger that is caught up from the lake: its last commit is then an older one, so the catch-up
   * brings back all that was given up. Keeping the newer segments would keep their last commit too,
   * and the keys in the hole would never come back: their events would land twice.
   */
  FALL_BACK,
  /** Throws a SetupException and touches nothing. For a ledger that nothing can restore. */
  REFUSE
}
