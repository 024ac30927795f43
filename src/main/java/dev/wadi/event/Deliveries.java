package dev.wadi.event;

/**
 * Which deliveries earlier commits have accounted for. A source asks before it takes a delivery in:
 * one that is known is acknowledged again and not received a second time.
 */
public interface Deliveries {

  /**
   * Whether a commit accounts for this delivery.
   *
   * @param source the source's name
   * @param delivery the id of what the source acknowledges as one, such as a queue's message id
   */
  boolean isCommitted(String source, String delivery);

  /** What tells a delivery from every other. */
  static EventKey key(String source, String delivery) {
    return EventKey.of("wadi:delivery", source, delivery);
  }
}
