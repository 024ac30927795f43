package dev.wadi.land;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.local.Credentials;
import dev.wadi.local.EmbeddedStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** One folder, through the embedded store and beside it. */
@Tag("integration")
class SharedFolderTest {

  private static final String KEY = "events/event_type=a/event_date=2026-11-21/01ARZ-0.parquet";

  @TempDir Path data;
  private EmbeddedStore server;
  private S3Client s3;
  private LakeStore served;
  private LakeStore plain;

  @BeforeEach
  void open() {
    Credentials credentials = Credentials.random(new SecureRandom());
    server = EmbeddedStore.open(data, List.of("lake"), 0, credentials);
    s3 =
        S3Client.builder()
            .region(Region.US_EAST_1)
            .endpointOverride(server.endpoint())
            .forcePathStyle(true)
            .httpClient(ApacheHttpClient.create())
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(credentials.accessKey(), credentials.secretKey())))
            .build();
    served = new S3LakeStore(s3, "lake");
    plain = new FolderLakeStore(data.resolve("lake"));
  }

  @AfterEach
  void close() {
    s3.close();
    server.close();
  }

  @Test
  void theEmbeddedStoreServesWhatWasPublishedIntoItsFolder() {
    StagedObject object = Staged.object(data, KEY);
    plain.publish(List.of(object));
    plain.putIfAbsent("_wadi/commits/01ARZ.json", bytes("{}"));

    assertThat(served.get(KEY)).hasValue(bytes(KEY));
    assertThat(served.metadata(KEY)).hasValue(object.metadata());
    assertThat(served.keys("", null)).containsExactly("_wadi/commits/01ARZ.json", KEY);
    assertThat(served.putIfAbsent("_wadi/commits/01ARZ.json", bytes("late"))).isFalse();
    served.publish(List.of(object));

    served.delete(KEY);
    assertThat(plain.get(KEY)).isEmpty();
  }

  @Test
  void theFolderShowsWhatTheEmbeddedStoreHasPut() {
    StagedObject object = Staged.object(data, KEY);
    served.publish(List.of(object));
    served.putIfAbsent("_wadi/commits/01ARZ.json", bytes("{}"));

    assertThat(plain.get(KEY)).hasValue(bytes(KEY));
    assertThat(plain.metadata(KEY)).isEqualTo(Optional.of(object.metadata()));
    assertThat(plain.keys("", null)).containsExactly("_wadi/commits/01ARZ.json", KEY);
    assertThat(plain.putIfAbsent("_wadi/commits/01ARZ.json", bytes("late"))).isFalse();
    plain.publish(List.of(object));

    plain.delete(KEY);
    assertThat(served.get(KEY)).isEmpty();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
