package dev.wadi.intake.kinesis;

import java.util.UUID;
import java.util.function.Supplier;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.exceptions.KinesisClientLibException;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

/** The leases of a scheduler of the client library, which has them in memory. */
final class KclLeases implements Leases {

  private final Supplier<Scheduler> scheduler;

  KclLeases(Supplier<Scheduler> scheduler) {
    this.scheduler = scheduler;
  }

  @Override
  public Lease held(String shard) {
    software.amazon.kinesis.leases.Lease begun = current(shard);
    UUID token = begun == null ? null : begun.concurrencyToken();
    return () -> {
      software.amazon.kinesis.leases.Lease now = current(shard);
      if (now == null || !now.concurrencyToken().equals(token)) {
        return Lease.State.LOST;
      }
      return now.shutdownRequested() ? Lease.State.WANTED : Lease.State.HELD;
    };
  }

  @Override
  public void restart(String shard, Position at) {
    software.amazon.kinesis.leases.Lease lease = current(shard);
    if (lease == null) {
      return;
    }
    try {
      scheduler
          .get()
          .checkpoint()
          .setCheckpoint(
              shard,
              new ExtendedSequenceNumber(at.sequence().toString(), at.sub()),
              lease.concurrencyToken().toString());
    } catch (KinesisClientLibException e) {
      throw new IllegalStateException(
          "the checkpoint of " + shard + " can't be moved to " + at + " now", e);
    }
    scheduler.get().leaseCoordinator().dropLease(lease);
  }

  /** Null if none is held, or it has run out. */
  private software.amazon.kinesis.leases.Lease current(String shard) {
    return scheduler.get().leaseCoordinator().getCurrentlyHeldLease(shard);
  }
}
