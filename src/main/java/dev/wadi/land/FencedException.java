package dev.wadi.land;

/** Another process writes to the lake now, and this one may not any more. */
public final class FencedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  FencedException(Epochs.Epoch newer) {
    super(
        "epoch %d of the lake was begun by %s at %s (%s): this process may not write to it any more"
            .formatted(newer.epoch(), newer.writer(), newer.at(), newer.claims()));
  }
}
