package dev.wadi.land;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Settles a put that the store refused since the key is taken (412): if the object there is this
 * very file of this very commit, an earlier try had succeeded and only its answer was lost.
 */
public final class SettlePutStep implements Processor {

  private final Landing landing;
  private final LakeStore store;

  public SettlePutStep(Landing landing, LakeStore store) {
    this.landing = landing;
    this.store = store;
  }

  @Override
  public void process(Exchange exchange) {
    StagedObject object = exchange.getProperty(DescribeObjectStep.OBJECT, StagedObject.class);
    object.requireSame(store.metadata(object.key()));
    landing.published(exchange.getProperty(LandConsumer.COMMIT, Commit.class), object);
  }
}
