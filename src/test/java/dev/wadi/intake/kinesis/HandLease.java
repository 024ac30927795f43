package dev.wadi.intake.kinesis;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Leases that a test takes away by hand. */
final class HandLease implements Leases, Lease {

  final List<String> restarted = new CopyOnWriteArrayList<>();
  volatile State state = State.HELD;

  @Override
  public Lease held(String shard) {
    return this;
  }

  @Override
  public void restart(String shard, Position at) {
    restarted.add(shard + "@" + at);
  }

  @Override
  public State state() {
    return state;
  }
}
