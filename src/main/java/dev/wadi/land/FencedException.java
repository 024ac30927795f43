package dev.wadi.land;

import dev.wadi.event.SetupException;

/** Another process writes to the lake now, and this one may not any more. */
public final class FencedException extends SetupException {

  private static final long serialVersionUID = 1;

  FencedException(Epochs.Epoch newer) {
    super(
        ("epoch %d of the lake was begun by %s at %s (%s), so this process may not write to it any"
                + " more: let one process write, or set wadi.deduplicate.repository to dynamodb for"
                + " all")
            .formatted(newer.epoch(), newer.writer(), newer.at(), newer.claims()));
  }
}
