package dev.wadi.intake.kinesis;

import dev.wadi.event.Claims;
import dev.wadi.event.Lines;
import dev.wadi.intake.SourceComponent;
import dev.wadi.ops.Metrics;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
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
public final class KinesisComponent extends SourceComponent {

  public KinesisComponent() {
    super("wadi-kinesis");
  }

  @Override
  protected Endpoint createEndpoint(String uri, String stream, Map<String, Object> parameters)
      throws Exception {
    KinesisEndpoint endpoint = new KinesisEndpoint(uri, this, stream);
    setProperties(endpoint, parameters);
    return endpoint;
  }
}
