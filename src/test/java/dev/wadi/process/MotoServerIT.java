package dev.wadi.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@Tag("integration")
class MotoServerIT {

  @Test
  void answersUntilItIsClosed() throws Exception {
    URI endpoint;
    try (MotoServer server = MotoServer.start()) {
      endpoint = server.endpoint();
      try (DynamoDbClient client = client(endpoint)) {
        assertThat(client.listTables().tableNames()).isNotNull();
      }
    }
    if (System.getenv("AWS_ENDPOINT_URL") == null) {
      try (DynamoDbClient client = client(endpoint)) {
        assertThatThrownBy(client::listTables).isInstanceOf(SdkException.class);
      }
    }
  }

  private static DynamoDbClient client(URI endpoint) {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
        .httpClient(ApacheHttpClient.create())
        .build();
  }
}
