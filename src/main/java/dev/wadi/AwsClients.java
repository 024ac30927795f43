package dev.wadi;

import dev.wadi.deduplicate.dynamodb.ClaimTable;
import dev.wadi.intake.kinesis.StreamClients;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/** Where AWS's services are, and who asks them, by the settings. */
record AwsClients(Settings settings) {

  Region region() {
    return Region.of(settings.text(Setting.AWS_REGION));
  }

  AwsCredentialsProvider credentials() {
    return DefaultCredentialsProvider.builder().build();
  }

  /** A service's own endpoint, else that of all; empty for AWS's. */
  Optional<URI> endpoint(Setting ofService) {
    return Stream.of(settings.text(ofService), settings.text(Setting.AWS_ENDPOINT))
        .filter(endpoint -> !endpoint.isBlank())
        .findFirst()
        .map(URI::create);
  }

  /** The clients of the stream, to be closed. */
  StreamClients streams() {
    return new StreamClients(
        region(),
        credentials(),
        new StreamClients.Endpoints(
            endpoint(Setting.AWS_KINESIS_ENDPOINT).orElse(null),
            endpoint(Setting.AWS_DYNAMODB_ENDPOINT).orElse(null),
            endpoint(Setting.AWS_ENDPOINT).orElse(null)));
  }

  /** A client for the table of claims, to be closed. */
  DynamoDbClient claims() {
    DynamoDbClientBuilder builder =
        DynamoDbClient.builder()
            .region(region())
            .credentialsProvider(credentials())
            .overrideConfiguration(ClaimTable.clientSettings())
            .httpClientBuilder(
                ApacheHttpClient.builder()
                    .maxConnections(settings.count(Setting.DEDUPLICATE_CONNECTIONS)));
    endpoint(Setting.AWS_DYNAMODB_ENDPOINT).ifPresent(builder::endpointOverride);
    return builder.build();
  }
}
