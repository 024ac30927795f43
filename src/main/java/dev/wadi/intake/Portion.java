package dev.wadi.intake;

import dev.wadi.event.Batch;
import dev.wadi.event.Isolation;
import java.util.List;

/**
 * Messages that become one batch, again and again until that lands. How often they have failed by
 * something else than an outage decides whether they are parted, and at last isolated. Belongs to
 * one thread at a time, as its {@link Consignment} hands it on.
 */
final class Portion<D extends Delivery> {

  /** Whatever failed once may have been chance. */
  private static final int FAILURES_TO_PART = 2;

  private static final long NEVER = -1;

  private final List<D> deliveries;
  private int failures;
  private int failuresAlone;
  private long failedFirst;
  private Isolation isolation;

  Portion(List<D> deliveries) {
    this(deliveries, NEVER);
  }

  private Portion(List<D> deliveries, long failedFirst) {
    this.deliveries = deliveries;
    this.failedFirst = failedFirst;
    this.isolation = deliveries.get(0).isolation();
  }

  List<D> deliveries() {
    return deliveries;
  }

  int failures() {
    return failures;
  }

  /** Why its records are to become dead letters; null as long as they aren't. */
  Isolation isolation() {
    return isolation;
  }

  /** Whether it is to land in a commit of its own, so that it fails no other batch. */
  boolean isAlone() {
    return isolation == null && (failures > 0 || deliveries.get(0).isAlone());
  }

  /** Whether nothing is left that it could be parted from. */
  boolean isSingle() {
    return deliveries.size() == 1;
  }

  /**
   * It has failed, and no outage is to blame.
   *
   * @param batch what it was
   */
  void failed(Batch batch) {
    failures++;
    failuresAlone += isSingle() && batch.isAlone() ? 1 : 0;
    failedFirst = failedFirst == NEVER ? batch.sequence() : failedFirst;
  }

  /** Whether it has failed so often that each of its halves should be tried by itself. */
  boolean isToBeParted() {
    return !isSingle() && failures >= FAILURES_TO_PART;
  }

  List<Portion<D>> halves() {
    int middle = deliveries.size() / 2;
    return List.of(
        new Portion<>(deliveries.subList(0, middle), failedFirst),
        new Portion<>(deliveries.subList(middle, deliveries.size()), failedFirst));
  }

  /**
   * Whether the message itself must be at fault: it has failed alone often enough, and a batch has
   * landed that went the same way after it, or what it was parted from, had failed first. Without
   * that it may as well be the route, which somebody mends.
   *
   * @param after how often is enough; 0 for never
   * @param landed the greatest number of a batch of its source that has landed
   */
  boolean isAtFault(int after, long landed) {
    return after > 0
        && isSingle()
        && isolation == null
        && failuresAlone >= after
        && landed > failedFirst;
  }

  void isolate(Isolation why) {
    isolation = why;
  }
}
