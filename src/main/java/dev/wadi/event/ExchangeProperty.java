package dev.wadi.event;

/** The names of the exchange properties by which the steps of a route hand each other values. */
public final class ExchangeProperty {

  /** The {@link Batch} that an exchange carries, set by the source. */
  public static final String BATCH = "WadiBatch";

  /** The {@link SourceRecord} that a split exchange is about, set by the decode step. */
  public static final String RECORD = "WadiRecord";

  /** The {@link Event} that the decode step made. */
  public static final String EVENT = "WadiEvent";

  /** The {@link Rejected} that the decode step or a failed step made. */
  public static final String REJECTED = "WadiRejected";

  /** The {@link Claims.Answer} that the idempotent consumer's repository got. */
  public static final String CLAIM = "WadiClaim";

  private ExchangeProperty() {}
}
