package dev.wadi.intake.postgres;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.replication.LogSequenceNumber;

/**
 * What the engine has handed over and no commit accounts for, in the engine's order: changes that
 * wait, those on their way, and between them marks that need no landing. What is settled is the
 * part before the first change that has not landed.
 *
 * <p>When the engine is begun anew it hands over again what is behind the settled part: a change
 * that is still on its way is not handed on a second time. Thread-safe.
 */
final class Changes {

  /** What is settled: the position to go on behind, and whether the snapshot has ended by it. */
  record Settled(LogSequenceNumber position, boolean snapshotEnded) {}

  private static final class Entry {
    private ChangeDelivery delivery;
    private final LogSequenceNumber position;
    private final boolean endsSnapshot;
    private final int run;
    private boolean done;

    private Entry(
        ChangeDelivery delivery, LogSequenceNumber position, boolean endsSnapshot, int run) {
      this.delivery = delivery;
      this.position = position;
      this.endsSnapshot = endsSnapshot;
      this.run = run;
      this.done = delivery == null;
    }

    /** It may wait for long behind another, and its bytes are needed no more. */
    private void finish() {
      done = true;
      delivery = null;
    }

    private long bytes() {
      return delivery.record().bytes().length;
    }
  }

  private final int mostWaiting;
  private final long mostBytes;
  private final int mostKnown;
  private final Deque<Entry> order = new ArrayDeque<>();
  private final Deque<Entry> waiting = new ArrayDeque<>();
  private final Map<String, Entry> underway = new HashMap<>();
  private long waitingBytes;
  private int run;
  private boolean ended;

  /**
   * @param mostWaiting how many changes may wait before the engine has to
   * @param mostBytes how many bytes of them, but for one that has more
   * @param mostKnown how many may be known that are not settled, landed or not
   */
  Changes(int mostWaiting, long mostBytes, int mostKnown) {
    this.mostWaiting = mostWaiting;
    this.mostBytes = mostBytes;
    this.mostKnown = mostKnown;
  }

  /** The engine begins anew: what it has handed over and nobody has taken will come again. */
  synchronized void begin() {
    run++;
    order.clear();
    waiting.clear();
    waitingBytes = 0;
  }

  /**
   * Takes the next change, and waits until there is room for it.
   *
   * @param position all up to here has landed when all before this has; null if that isn't known
   */
  synchronized void offer(ChangeDelivery delivery, LogSequenceNumber position)
      throws InterruptedException {
    while (!ended && isFull()) {
      wait();
    }
    Entry same = underway.get(delivery.id());
    Entry entry = new Entry(delivery, position, false, run);
    order.add(entry);
    if (same == null) {
      waiting.add(entry);
      waitingBytes += entry.bytes();
    } else {
      underway.put(delivery.id(), entry);
    }
    notifyAll();
  }

  /** Takes a mark: the engine has come to this position. */
  synchronized void mark(LogSequenceNumber position) {
    Entry last = order.peekLast();
    if (position != null && last != null && last.done && !last.endsSnapshot) {
      // in an idle table marks come for ever, while a change before them may not land
      order.removeLast();
    }
    order.add(new Entry(null, position, false, run));
    notifyAll();
  }

  /** Takes the mark that ends the snapshot. */
  synchronized void endSnapshot() {
    order.add(new Entry(null, null, true, run));
    notifyAll();
  }

  /** Waits for the next change to hand on; null once it has ended. */
  synchronized ChangeDelivery next() throws InterruptedException {
    while (!ended && waiting.isEmpty()) {
      wait();
    }
    if (ended) {
      return null;
    }
    Entry entry = waiting.remove();
    waitingBytes -= entry.bytes();
    underway.put(entry.delivery.id(), entry);
    notifyAll();
    return entry.delivery;
  }

  /** A commit accounts for these. */
  synchronized void done(Collection<ChangeDelivery> deliveries) {
    for (ChangeDelivery delivery : deliveries) {
      Entry entry = underway.remove(delivery.id());
      if (entry != null) {
        entry.finish();
      }
    }
    notifyAll();
  }

  /** These have no outcome, and are to be handed on again. */
  synchronized void again(List<ChangeDelivery> deliveries) {
    for (int i = deliveries.size() - 1; i >= 0; i--) {
      Entry entry = underway.remove(deliveries.get(i).id());
      // one that only an engine before has handed over will come again from this one
      if (entry != null && entry.run == run) {
        waiting.addFirst(entry);
        waitingBytes += entry.bytes();
      }
    }
    notifyAll();
  }

  /**
   * Waits until something is settled, and takes it out.
   *
   * @return null once it has ended and nothing more is settled
   */
  synchronized Settled awaitSettled() throws InterruptedException {
    while (!ended && !isHeadDone()) {
      wait();
    }
    if (!isHeadDone()) {
      return null;
    }
    LogSequenceNumber position = null;
    boolean snapshotEnded = false;
    while (isHeadDone()) {
      Entry entry = order.remove();
      position = entry.position == null ? position : entry.position;
      snapshotEnded |= entry.endsSnapshot;
    }
    notifyAll();
    return new Settled(position, snapshotEnded);
  }

  /** Ends all waiting. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  private boolean isFull() {
    return waiting.size() >= mostWaiting || waitingBytes >= mostBytes || order.size() >= mostKnown;
  }

  private boolean isHeadDone() {
    return !order.isEmpty() && order.peek().done;
  }
}
