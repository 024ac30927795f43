package dev.wadi.intake.kinesis;

import dev.wadi.event.Batch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The batches of a shard that were handed over and have not landed, in their order. Not
 * thread-safe: the line guards it.
 */
final class OnTheWay {

  private final Deque<Handed> batches = new ArrayDeque<>();

  void add(Handed handed) {
    batches.addLast(handed);
  }

  boolean isEmpty() {
    return batches.isEmpty();
  }

  int size() {
    return batches.size();
  }

  Optional<Handed> first() {
    return Optional.ofNullable(batches.peekFirst());
  }

  /** The one before the next. */
  Optional<Handed> last() {
    return Optional.ofNullable(batches.peekLast());
  }

  /** Lets those go that have landed with all before them; the position behind them. */
  Optional<Position> landed() {
    Position to = null;
    while (!batches.isEmpty() && batches.peekFirst().hasLanded()) {
      to = batches.removeFirst().to();
    }
    return Optional.ofNullable(to);
  }

  /** The first that has failed and all behind it; none if none has failed. */
  List<Handed> failed() {
    return batches.stream().dropWhile(handed -> !handed.hasFailed()).toList();
  }

  void remove(List<Handed> ended) {
    batches.removeAll(ended);
  }

  /** Gives up one and all behind it. */
  void giveUpFrom(Handed first) {
    batches.stream().dropWhile(h -> h != first).map(Handed::batch).forEach(Batch::giveUp);
  }

  void giveUp() {
    batches.stream().map(Handed::batch).forEach(Batch::giveUp);
  }
}
