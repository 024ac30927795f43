package dev.wadi.intake.kinesis;

/** What has become of the lease under which a shard is read. Thread-safe, and quick to ask. */
interface Lease {

  /** Whose it is. */
  enum State {
    /** This process's. */
    HELD,
    /** This process's, which is asked to hand it to another. */
    WANTED,
    /** Run out, or another's. */
    LOST
  }

  State state();
}
