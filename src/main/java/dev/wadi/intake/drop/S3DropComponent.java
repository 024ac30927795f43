package dev.wadi.intake.drop;

import dev.wadi.event.Claims;
import dev.wadi.event.Deliveries;
import dev.wadi.intake.SourceComponent;
import dev.wadi.ops.Metrics;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * {@code wadi-s3-drop:queue}: the objects that a queue's notifications name as a source of batches,
 * each one exchange.
 *
 * <p>It takes from the registry, by type, the one {@link SqsClient}, {@link S3Client}, {@link
 * Deliveries}, {@link Claims}, {@link Metrics} and {@link Clock}.
 */
@Component("wadi-s3-drop")
public final class S3DropComponent extends SourceComponent {

  public S3DropComponent() {
    super("wadi-s3-drop");
  }

  @Override
  protected Endpoint createEndpoint(String uri, String queue, Map<String, Object> parameters)
      throws Exception {
    S3DropEndpoint endpoint = new S3DropEndpoint(uri, this, queue);
    setProperties(endpoint, parameters);
    return endpoint;
  }
}
