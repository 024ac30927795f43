package dev.wadi.intake.http;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How much of what one request has brought is stored. The answer goes by this and not by how its
 * exchange ends: a step of a route that lets something go must not make a 202 of it. Thread-safe.
 */
final class Storing {

  private final int events;
  private final AtomicInteger storedEvents = new AtomicInteger();
  private final AtomicInteger storedParts = new AtomicInteger();
  private volatile int parts = Integer.MAX_VALUE;

  /**
   * @param events how many there are
   */
  Storing(int events) {
    this.events = events;
  }

  /** So many events are stored. */
  void events(int number) {
    storedEvents.addAndGet(number);
  }

  /** One part of the request is stored, of so many that it was split into. */
  void part(int of) {
    parts = of;
    storedParts.incrementAndGet();
  }

  boolean isAll() {
    return storedEvents.get() >= events || storedParts.get() >= parts;
  }

  @Override
  public String toString() {
    return storedParts.get() > 0
        ? storedParts.get() + " of " + parts + " parts"
        : storedEvents.get() + " of " + events + " events";
  }
}
