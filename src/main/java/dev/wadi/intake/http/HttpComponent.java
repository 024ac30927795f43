package dev.wadi.intake.http;

import dev.wadi.event.SetupException;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/**
 * {@code wadi-http:/events}: events that are posted to the HTTP server of {@code platform-http}.
 *
 * <p>It takes from the registry, by type, the one {@link dev.wadi.ops.Metrics}, {@link
 * dev.wadi.ops.Health} and {@link Admission}.
 */
@Component("wadi-http")
public final class HttpComponent extends DefaultComponent {

  @Override
  protected Endpoint createEndpoint(String uri, String path, Map<String, Object> parameters)
      throws Exception {
    HttpEndpoint endpoint = new HttpEndpoint(uri, this, path);
    setProperties(endpoint, parameters);
    return endpoint;
  }

  /**
   * The one bean of a type.
   *
   * @throws SetupException if there is none, or more than one
   */
  <T> T bean(Class<T> type) {
    Set<T> found = getCamelContext().getRegistry().findByType(type);
    if (found.size() != 1) {
      throw new SetupException(
          "wadi-http needs one bean of type " + type.getName() + " and found " + found.size());
    }
    return found.iterator().next();
  }
}
