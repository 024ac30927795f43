package dev.wadi.intake.kinesis;

/** The leases that this process holds on the shards of a stream. Thread-safe. */
interface Leases {

  /** The lease held now on a shard: once lost it stays lost, though the shard may come back. */
  Lease held(String shard);

  /**
   * Moves a shard's checkpoint and gives its lease up, so that it is read from there.
   *
   * @throws RuntimeException if that can't be done now
   */
  void restart(String shard, Position at);
}
