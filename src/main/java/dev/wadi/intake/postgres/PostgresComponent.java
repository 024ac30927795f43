package dev.wadi.intake.postgres;

import dev.wadi.intake.SourceComponent;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;

/**
 * {@code wadi-postgres:slot}: the rows of PostgreSQL's tables and their changes as a source of
 * batches, each one exchange.
 *
 * <p>It takes from the registry, by type, the one {@link Database}, {@link
 * software.amazon.awssdk.services.s3.S3Client}, {@link dev.wadi.event.Deliveries}, {@link
 * dev.wadi.event.Claims}, {@link dev.wadi.ops.Metrics} and {@link java.time.Clock}.
 */
@Component("wadi-postgres")
public final class PostgresComponent extends SourceComponent {

  public PostgresComponent() {
    super("wadi-postgres");
  }

  @Override
  protected Endpoint createEndpoint(String uri, String slot, Map<String, Object> parameters)
      throws Exception {
    PostgresEndpoint endpoint = new PostgresEndpoint(uri, this, slot);
    setProperties(endpoint, parameters);
    return endpoint;
  }
}
