package dev.wadi.intake.sqs;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Every message that a source keeps hidden in its queue, by its id. Thread-safe. */
final class HeldMessages {

  private final ConcurrentMap<String, HeldMessage> byId = new ConcurrentHashMap<>();

  /**
   * Holds a message from now on, or, if it is held already, only takes the newer receipt over.
   *
   * @return whether it was not held before
   */
  boolean hold(HeldMessage message) {
    HeldMessage held = byId.putIfAbsent(message.id(), message);
    if (held != null) {
      held.deliveredAgain(message.receipt());
    }
    return held == null;
  }

  void letGo(Collection<HeldMessage> messages) {
    messages.forEach(message -> byId.remove(message.id(), message));
  }

  boolean holds(HeldMessage message) {
    return byId.get(message.id()) == message;
  }

  int size() {
    return byId.size();
  }

  /** What the queue would show again before this instant, the most urgent first. */
  List<HeldMessage> hiddenOnlyUntil(Instant instant) {
    return byId.values().stream()
        .filter(message -> message.receipt().hiddenUntil().isBefore(instant))
        .sorted(Comparator.comparing(message -> message.receipt().hiddenUntil()))
        .toList();
  }
}
