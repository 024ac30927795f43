package dev.wadi.intake.http;

import dev.wadi.intake.SourceComponent;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;

/**
 * {@code wadi-http-log:events}: the intake log, which is written as the end of a route and is a
 * source of batches as the beginning of one.
 *
 * <p>It takes from the registry, by type, the one {@link IntakeLog}, {@link
 * dev.wadi.event.Deliveries}, {@link dev.wadi.event.Claims}, {@link dev.wadi.ops.Metrics} and
 * {@link java.time.Clock}.
 */
@Component("wadi-http-log")
public final class LogComponent extends SourceComponent {

  public LogComponent() {
    super("wadi-http-log");
  }

  @Override
  protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters)
      throws Exception {
    LogEndpoint endpoint = new LogEndpoint(uri, this, name);
    setProperties(endpoint, parameters);
    return endpoint;
  }
}
