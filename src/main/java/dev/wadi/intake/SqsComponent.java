package dev.wadi.intake;

import dev.wadi.event.Claims;
import dev.wadi.event.Deliveries;
import dev.wadi.event.OriginalBytes;
import dev.wadi.event.SetupException;
import dev.wadi.event.TransientException;
import dev.wadi.ops.Metrics;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * {@code wadi-sqs:queue}: a queue as a source of batches, each one exchange.
 *
 * <p>It takes from the registry, by type, the one {@link SqsClient}, {@link Deliveries}, {@link
 * Claims}, {@link Metrics} and {@link Clock}, and {@link OriginalBytes} if there is one.
 */
@Component("wadi-sqs")
public final class SqsComponent extends DefaultComponent {

  private final AtomicLong sequence = new AtomicLong();

  @Override
  protected Endpoint createEndpoint(String uri, String queue, Map<String, Object> parameters)
      throws Exception {
    SqsEndpoint endpoint = new SqsEndpoint(uri, this, queue);
    setProperties(endpoint, parameters);
    return endpoint;
  }

  /** The number of the next batch, over all queues of this component. */
  long nextSequence() {
    return sequence.incrementAndGet();
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

  /**
   * The one bean of a type.
   *
   * @throws SetupException if there is none, or more than one
   */
  <T> T bean(Class<T> type) {
    Set<T> found = getCamelContext().getRegistry().findByType(type);
    if (found.size() != 1) {
      throw new SetupException(
          "wadi-sqs needs one bean of type " + type.getName() + " and found " + found.size());
    }
    return found.iterator().next();
  }
}
