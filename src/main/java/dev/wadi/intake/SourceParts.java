package dev.wadi.intake;

import dev.wadi.event.Claims;
import dev.wadi.event.Deliveries;
import dev.wadi.ops.Metrics;
import dev.wadi.ops.SourceStatus;
import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * What every source works with.
 *
 * @param route where batches go
 * @param deliveries what earlier commits account for
 * @param claims released when a batch is given up
 * @param sequence numbers for batches, rising by one over all sources of a component
 * @param clock the time of receipt
 */
public record SourceParts(
    BatchRoute route,
    Deliveries deliveries,
    Claims claims,
    Metrics metrics,
    SourceStatus status,
    LongSupplier sequence,
    Clock clock) {

  /** The same, to another route. */
  public SourceParts with(BatchRoute other) {
    return new SourceParts(other, deliveries, claims, metrics, status, sequence, clock);
  }
}
