package dev.wadi.intake;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/** Every message that a source holds, by its id. Thread-safe. */
final class HeldMessages {

  private final ConcurrentMap<String, HeldMessage> byId = new ConcurrentHashMap<>();
  private final AtomicLong bytes = new AtomicLong();

  /**
   * Holds a message from now on, or, if it is held already, only takes the newer receipt over.
   *
   * @return whether it was not held before
   */
  boolean hold(HeldMessage message) {
    HeldMessage held = byId.putIfAbsent(message.id(), message);
    if (held != null) {
      held.deliveredAgain(message.receipt());
    } else {
      bytes.addAndGet(message.bytes());
    }
    return held == null;
  }

  void letGo(Collection<HeldMessage> messages) {
    for (HeldMessage message : messages) {
      if (byId.remove(message.id(), message)) {
        bytes.addAndGet(-message.bytes());
      }
    }
  }

  boolean holds(HeldMessage message) {
    return byId.get(message.id()) == message;
  }

  int size() {
    return byId.size();
  }

  /** How many bytes their records have. */
  long bytes() {
    return bytes.get();
  }

  /** What the queue would show again before this instant, the most urgent first. */
  List<HeldMessage> hiddenOnlyUntil(Instant instant) {
    return byId.values().stream()
        .filter(message -> message.receipt().hiddenUntil().isBefore(instant))
        .sorted(Comparator.comparing(message -> message.receipt().hiddenUntil()))
        .toList();
  }

  /** When the oldest of them was sent. */
  Optional<Instant> oldestSent() {
    return byId.values().stream().map(HeldMessage::sentAt).min(Comparator.naturalOrder());
  }
}
