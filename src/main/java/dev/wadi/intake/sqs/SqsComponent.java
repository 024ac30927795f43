package dev.wadi.intake.sqs;

import dev.wadi.event.Claims;
import dev.wadi.event.Deliveries;
import dev.wadi.event.OriginalBytes;
import dev.wadi.event.TransientException;
import dev.wadi.intake.SourceComponent;
import dev.wadi.ops.Metrics;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * {@code wadi-sqs:queue}: a queue as a source of batches, each one exchange.
 *
 * <p>It takes from the registry, by type, the one {@link SqsClient}, {@link Deliveries}, {@link
 * Claims}, {@link Metrics} and {@link Clock}, and {@link OriginalBytes} if there is one.
 */
@Component("wadi-sqs")
public final class SqsComponent extends SourceComponent {

  public SqsComponent() {
    super("wadi-sqs");
  }

  @Override
  protected Endpoint createEndpoint(String uri, String queue, Map<String, Object> parameters)
      throws Exception {
    SqsEndpoint endpoint = new SqsEndpoint(uri, this, queue);
    setProperties(endpoint, parameters);
    return endpoint;
  }

  /** The one bean that has the bytes of large replays; without one these can't be read. */
  OriginalBytes originalBytes() {
    if (getCamelContext().getRegistry().findByType(OriginalBytes.class).isEmpty()) {
      return key -> {
        throw new TransientException(key + " is wanted, and there is no bean to read it by", null);
      };
    }
    return bean(OriginalBytes.class);
  }
}
