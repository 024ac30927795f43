package dev.wadi.intake.postgres;

import dev.wadi.intake.Source;
import dev.wadi.intake.SourceConsumer;
import dev.wadi.intake.SourceParts;
import java.time.Clock;
import org.apache.camel.Processor;
import software.amazon.awssdk.services.s3.S3Client;

/** A database's changes as the beginning of a route. */
final class PostgresConsumer extends SourceConsumer {

  private final PostgresEndpoint endpoint;
  private final PostgresSettings settings;

  PostgresConsumer(PostgresEndpoint endpoint, Processor processor, PostgresSettings settings) {
    super(endpoint, processor);
    this.endpoint = endpoint;
    this.settings = settings;
  }

  @Override
  protected Source open() {
    PostgresComponent component = endpoint.component();
    Clock clock = component.bean(Clock.class);
    SourceParts parts = parts(component, status(settings.source(), clock), clock);
    LandedObject object =
        new LandedObject(component.bean(S3Client.class), endpoint.lakeBucket(), settings.slot());
    return new PostgresSource(
        component.bean(Database.class), settings, object, parts, PostgresSource.PAUSES);
  }
}
