package dev.wadi.intake.postgres;

import dev.wadi.intake.Dispatch;
import dev.wadi.intake.SourceParts;
import java.util.List;
import java.util.function.Consumer;

/** Hands on what the engine has read, in its order, until the source ends. */
final class Handing implements Runnable {

  private final String source;
  private final Changes changes;
  private final Dispatch<ChangeDelivery> dispatch;
  private final SourceParts parts;
  private final Consumer<Throwable> failed;

  /**
   * @param failed is told why it tries again
   */
  Handing(
      String source,
      Changes changes,
      Dispatch<ChangeDelivery> dispatch,
      SourceParts parts,
      Consumer<Throwable> failed) {
    this.source = source;
    this.changes = changes;
    this.dispatch = dispatch;
    this.parts = parts;
    this.failed = failed;
  }

  @Override
  public void run() {
    try {
      while (handNext()) {
        // until the source ends
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean handNext() throws InterruptedException {
    ChangeDelivery next = null;
    try {
      next = dispatch.awaitRoom() ? changes.next() : null;
      if (next == null) {
        return false;
      }
      hand(next);
    } catch (RuntimeException | Error e) {
      // it can't be told whether it has landed
      changes.again(next == null ? List.of() : List.of(next));
      failed.accept(e);
      dispatch.holdOff();
    }
    return true;
  }

  private void hand(ChangeDelivery change) throws InterruptedException {
    if (parts.deliveries().isCommitted(source, change.id())) {
      changes.done(List.of(change));
      dispatch.redelivered(1);
      return;
    }
    boolean added = false;
    dispatch.received(List.of(change));
    try {
      added = dispatch.add(change);
    } finally {
      if (!added) {
        dispatch.giveBack(List.of(change));
      }
    }
  }
}
