package dev.wadi.intake;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What travels under one permit: the deliveries that were taken together, in one portion at first
 * and in smaller ones if that fails. It goes on to the next portion when the route has let go of
 * the one before, and after a failure only when a pause is over, so that a route which fails
 * whatever it is given is asked once a pause. Thread-safe.
 */
final class Consignment<D extends Delivery> {

  private final boolean alone;
  private final Deque<Portion<D>> waiting = new ArrayDeque<>();
  private int underway;
  private boolean pausing;
  private boolean done;

  Consignment(List<D> deliveries) {
    this.alone = deliveries.get(0).isAlone();
    waiting.add(new Portion<>(deliveries));
  }

  /** Whether it is the only one of its source that may end the process. */
  boolean isAlone() {
    return alone;
  }

  /** The portion to hand over now, or null if none is. */
  synchronized Portion<D> next() {
    if (pausing || waiting.isEmpty()) {
      return null;
    }
    underway++;
    return waiting.remove();
  }

  /**
   * A portion has ended for good.
   *
   * @return whether the consignment is done by that
   */
  synchronized boolean ended() {
    underway--;
    return isDoneNow();
  }

  /**
   * A portion is to be tried again before the others, perhaps in parts.
   *
   * @return whether the caller must let it go on after a pause
   */
  synchronized boolean againFirst(List<Portion<D>> portions) {
    for (int i = portions.size() - 1; i >= 0; i--) {
      waiting.addFirst(portions.get(i));
    }
    return pauseAfterFailure();
  }

  /** The same when the others have had their turn. */
  synchronized boolean againLast(Portion<D> portion) {
    waiting.addLast(portion);
    return pauseAfterFailure();
  }

  /** The pause after a failure is over. */
  synchronized void goOn() {
    pausing = false;
  }

  /** Takes out all deliveries that are not underway; {@link #isDone} then may say so. */
  synchronized List<D> takeWaiting() {
    List<D> left = new ArrayList<>();
    waiting.forEach(portion -> left.addAll(portion.deliveries()));
    waiting.clear();
    return left;
  }

  /** Whether nothing is left of it; said once. */
  synchronized boolean isDone() {
    return isDoneNow();
  }

  private boolean pauseAfterFailure() {
    underway--;
    boolean first = !pausing;
    pausing = true;
    return first;
  }

  private boolean isDoneNow() {
    boolean doneNow = !done && underway == 0 && waiting.isEmpty();
    done |= doneNow;
    return doneNow;
  }
}
