package dev.wadi.land;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.TransientException;
import dev.wadi.local.Credentials;
import dev.wadi.local.EmbeddedStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** On the embedded store, which speaks S3. */
@Tag("integration")
class S3LakeStoreTest {

  @TempDir Path folder;
  private EmbeddedStore server;
  private S3Client s3;
  private S3LakeStore store;

  @BeforeEach
  void open() {
    Credentials credentials = Credentials.random(new SecureRandom());
    server = EmbeddedStore.open(folder, List.of("lake"), 0, credentials);
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
    store = new S3LakeStore(s3, "lake");
  }

  @AfterEach
  void close() {
    s3.close();
    server.close();
  }

  @Test
  void putsAnObjectOnce() {
    assertThat(store.putIfAbsent("_wadi/a.json", bytes("one"))).isTrue();
    assertThat(store.putIfAbsent("_wadi/a.json", bytes("two"))).isFalse();
    assertThat(store.get("_wadi/a.json"))
        .hasValueSatisfying(body -> assertThat(body).isEqualTo(bytes("one")));
  }

  @Test
  void answersEmptyForWhatIsNotThere() {
    assertThat(store.get("none.json")).isEmpty();
    assertThat(store.metadata("none.json")).isEmpty();
    store.delete("none.json");
  }

  @Test
  void readsTheMetadataByWhichAPutIsKnownAsOurs() {
    s3.putObject(
        put -> put.bucket("lake").key("a.parquet").metadata(Map.of("wadi-commit", "01ARZ")),
        RequestBody.fromString("rows"));
    assertThat(store.metadata("a.parquet")).hasValue(Map.of("wadi-commit", "01ARZ"));
  }

  @Test
  void listsKeysInOrderAfterOne() {
    List.of("_wadi/commits/3.json", "_wadi/commits/1.json", "_wadi/commits/2.json", "other.json")
        .forEach(key -> store.putIfAbsent(key, bytes("x")));
    assertThat(store.keys("_wadi/commits/", null))
        .containsExactly("_wadi/commits/1.json", "_wadi/commits/2.json", "_wadi/commits/3.json");
    assertThat(store.keys("_wadi/commits/", "_wadi/commits/1.json"))
        .containsExactly("_wadi/commits/2.json", "_wadi/commits/3.json");
  }

  @Test
  void deletesAnObject() {
    store.putIfAbsent("a.json", bytes("x"));
    store.delete("a.json");
    assertThat(store.get("a.json")).isEmpty();
  }

  @Test
  void publishesStagedFilesWithTheMetadataByWhichTheyAreKnownAgain() {
    List<StagedObject> objects = staged(40);

    store.publish(objects);
    store.publish(objects);

    for (StagedObject object : objects) {
      assertThat(store.get(object.key())).hasValue(bytes(object.key()));
      assertThat(store.metadata(object.key())).hasValue(object.metadata());
    }
  }

  @Test
  void publishesNothingOverAnotherObject() {
    List<StagedObject> objects = staged(3);
    store.putIfAbsent(objects.get(1).key(), bytes("another's"));

    assertThatThrownBy(() -> store.publish(objects))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(objects.get(1).key() + " is taken");
    assertThat(store.get(objects.get(1).key())).hasValue(bytes("another's"));
  }

  @Test
  void givesAnObjectAsAFileForAsLongAsItIsRead() throws Exception {
    store.putIfAbsent("events/a/01ARZ-0.jsonl.zst", bytes("rows"));
    Path copies = Files.createDirectories(folder.resolve("copies"));

    try (LakeFile file = store.file("events/a/01ARZ-0.jsonl.zst", copies).orElseThrow()) {
      assertThat(file.path()).hasContent("rows");
      assertThat(file.path().toString()).endsWith("01ARZ-0.jsonl.zst");
    }

    assertThat(copies).isEmptyDirectory();
    assertThat(store.file("events/none.parquet", copies)).isEmpty();
  }

  @Test
  void deletesManyObjects() {
    List<String> keys = IntStream.range(0, 30).mapToObj(n -> "a/" + n + ".json").toList();
    keys.forEach(key -> store.putIfAbsent(key, bytes("x")));
    store.putIfAbsent("a/kept.json", bytes("x"));

    store.delete(keys);
    store.delete(keys);

    assertThat(store.keys("", null)).containsExactly("a/kept.json");
  }

  private List<StagedObject> staged(int count) {
    return IntStream.range(0, count)
        .mapToObj(n -> Staged.object(folder, "events/event_type=a/01ARZ-" + n + ".parquet"))
        .toList();
  }

  @Test
  void saysWhatItCouldNotDoWhenTheStoreIsDown() {
    server.close();
    assertThatThrownBy(() -> store.putIfAbsent("a.json", bytes("x")))
        .isInstanceOf(TransientException.class)
        .hasMessageContaining("put s3://lake/a.json");
    assertThatThrownBy(() -> store.metadata("a.json")).isInstanceOf(TransientException.class);
    assertThatThrownBy(() -> store.keys("x", null)).isInstanceOf(TransientException.class);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
