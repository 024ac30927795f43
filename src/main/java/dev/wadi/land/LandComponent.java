package dev.wadi.land;

import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;

/**
 * {@code wadi-land:commits}: a consumer that hands each commit, staged and with its intent open, to
 * the route that publishes it. The body is the {@link Commit}.
 */
public final class LandComponent extends DefaultComponent {

  private final Landing landing;

  public LandComponent(Landing landing) {
    this.landing = landing;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    return new LandEndpoint(uri, this);
  }

  private final class LandEndpoint extends DefaultEndpoint {

    LandEndpoint(String uri, LandComponent component) {
      super(uri, component);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      return new LandConsumer(this, processor, landing);
    }

    @Override
    public Producer createProducer() {
      throw new UnsupportedOperationException("wadi-land: a route can only begin with it");
    }
  }
}
