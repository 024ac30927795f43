package dev.wadi.intake.kinesis;

import dev.wadi.event.Claims;
import dev.wadi.event.Lines;
import dev.wadi.event.SetupException;
import dev.wadi.ops.Metrics;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/**
 * {@code wadi-kinesis:stream}: a stream as a source of batches, each one exchange.
 *
 * <p>It takes from the registry, by type, the one {@link KinesisAsyncClient}, {@link
 * DynamoDbAsyncClient}, {@link Lines}, {@link Claims}, {@link Metrics} and {@link Clock}, and the
 * {@link CloudWatchAsyncClient} if the client library is to send metrics.
 */
@Component("wadi-kinesis")
public final class KinesisComponent extends DefaultComponent {

  private final AtomicLong sequence = new AtomicLong();

  @Override
  protected Endpoint createEndpoint(String uri, String stream, Map<String, Object> parameters)
      throws Exception {
    KinesisEndpoint endpoint = new KinesisEndpoint(uri, this, stream);
    setProperties(endpoint, parameters);
    return endpoint;
  }

  /** The number of the next batch, over all streams of this component. */
  long nextSequence() {
    return sequence.incrementAndGet();
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
          "wadi-kinesis needs one bean of type " + type.getName() + " and found " + found.size());
    }
    return found.iterator().next();
  }
}
