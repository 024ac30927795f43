package dev.wadi.intake;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/** What a source has received and neither acknowledged nor given back. Thread-safe. */
final class HeldDeliveries {

  private final ConcurrentMap<String, Delivery> byId = new ConcurrentHashMap<>();
  private final AtomicLong bytes = new AtomicLong();
  private Runnable fallen = () -> {};

  /** To be called once, before anything is held: whom to tell when it holds less. */
  void whenLess(Runnable toTell) {
    fallen = toTell;
  }

  void hold(Collection<? extends Delivery> deliveries) {
    for (Delivery delivery : deliveries) {
      long more = delivery.bytes();
      if (byId.putIfAbsent(delivery.id(), delivery) == null) {
        bytes.addAndGet(more);
      }
    }
  }

  void letGo(Collection<? extends Delivery> deliveries) {
    for (Delivery delivery : deliveries) {
      if (byId.remove(delivery.id(), delivery)) {
        bytes.addAndGet(-delivery.bytes());
      }
    }
    fallen.run();
  }

  int size() {
    return byId.size();
  }

  /** How many bytes their records have. */
  long bytes() {
    return bytes.get();
  }

  /** When the oldest of them was sent. */
  Optional<Instant> oldestSent() {
    return byId.values().stream().map(Delivery::sentAt).min(Comparator.naturalOrder());
  }
}
