package dev.wadi.check;

import org.apache.camel.Component;
import org.apache.camel.Endpoint;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.EndpointHelper;

/**
 * A context whose endpoints are made and set, and no more. Camel initializes them as soon as they
 * are asked for, and some connect to servers then, as {@code aws2-sqs} does to look for its queue.
 */
final class UnstartedContext extends DefaultCamelContext {

  UnstartedContext(Registry registry) {
    super(registry);
  }

  @Override
  public Endpoint getEndpoint(String given) {
    String uri =
        EndpointHelper.normalizeEndpointUri(
            EndpointHelper.resolveEndpointUriPropertyPlaceholders(this, given));
    Component component = uri.contains(":") ? getComponent(uri.replaceFirst(":.*", "")) : null;
    if (component == null) {
      throw new NoSuchEndpointException(uri);
    }
    try {
      return component.createEndpoint(uri);
    } catch (Exception e) {
      throw new ResolveEndpointFailedException(uri, e);
    }
  }
}
