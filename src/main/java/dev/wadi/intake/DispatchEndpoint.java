package dev.wadi.intake;

import org.apache.camel.spi.UriParam;

/** The same for sources of {@link Delivery deliveries}, which may come more than once. */
public abstract class DispatchEndpoint extends SourceEndpoint {

  @UriParam(
      description =
          "From this delivery on a message travels alone, and what a log has left from this unclean"
              + " end on, since it may be what ends the process; 0: never")
  private int isolateReceives;

  @UriParam(
      defaultValue = "0",
      description = "Delivered more often, it becomes a dead letter unread; 0: never")
  private int maxReceives;

  protected DispatchEndpoint(String uri, SourceComponent component, int isolateReceives) {
    super(uri, component);
    this.isolateReceives = isolateReceives;
  }

  public void setIsolateReceives(int isolateReceives) {
    this.isolateReceives = isolateReceives;
  }

  public void setMaxReceives(int maxReceives) {
    this.maxReceives = maxReceives;
  }

  protected final IsolationRules isolation() {
    return new IsolationRules(isolateAfter(), isolateReceives, maxReceives);
  }

  /**
   * How the deliveries of the source of this name go on, so many batches at a time.
   *
   * @throws dev.wadi.event.SetupException if a parameter is out of bounds
   */
  protected final DispatchSettings dispatch(String source, int threads) {
    return new DispatchSettings(
        source,
        maxEvents(),
        maxWait(),
        threads,
        permits(),
        maxBytes(),
        isolateAfter(),
        stopTimeout());
  }
}
