package dev.wadi.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.SetupException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

@Tag("integration")
class EmbeddedStoreTest {

  private static final List<String> BUCKETS = List.of("lake", "raw");
  private static final Credentials OURS = new Credentials("WADI1", "secret-1");

  @TempDir Path folder;
  private EmbeddedStore store;
  private S3Client client;

  @BeforeEach
  void open() {
    store = EmbeddedStore.open(folder, BUCKETS, 0, OURS);
    client = client(OURS);
  }

  @AfterEach
  void close() {
    client.close();
    store.close();
  }

  @Test
  void givesAKeyToExactlyOneOfRacingConditionalPuts() throws Exception {
    ExecutorService racers = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 20; round++) {
        String key = "_wadi/commits/" + round + ".json";
        List<Callable<Boolean>> puts = new ArrayList<>();
        for (int racer = 0; racer < 8; racer++) {
          String body = "racer " + racer;
          puts.add(() -> putIfAbsent(key, body));
        }
        int won = 0;
        for (Future<Boolean> put : racers.invokeAll(puts)) {
          won += put.get() ? 1 : 0;
        }
        assertThat(won).as(key).isEqualTo(1);
      }
    } finally {
      racers.shutdownNow();
    }
    assertThat(keys("")).hasSize(20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "events/event_type=dev.cdevents.build/event_date=2026-11-21/01K-0.parquet",
        "events/event_type=a%2Fb/x.parquet",
        "with spaces/and + plus.json",
        "Grüße/日本/😀.bin",
        "quote's;DROP TABLE.json"
      })
  void putsTheFileLiterallyUnderItsKey(String key) throws IOException {
    put(key, "content");

    assertThat(folder.resolve("lake").resolve(key)).hasContent("content");
    assertThat(keys("")).containsExactly(key);
    assertThat(client.getObjectAsBytes(get -> get.bucket("lake").key(key)).asUtf8String())
        .isEqualTo("content");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../raw/x.json", "a/../b.json", "a//b.json", "/a.json", "a/./b.json"})
  void refusesAKeyThatAFolderCannotHoldAsItIs(String key) throws IOException {
    // 403 where the HTTP server has already resolved the path, so that the signature is wrong
    assertThatThrownBy(() -> put(key, "content"))
        .isInstanceOfSatisfying(
            S3Exception.class, failure -> assertThat(failure.statusCode()).isIn(400, 403));
    try (var files = Files.walk(folder).filter(Files::isRegularFile)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void refusesAFileNameThatIsTooLong() {
    assertThatThrownBy(() -> put("x".repeat(300) + "/a.json", "content"))
        .isInstanceOfSatisfying(
            S3Exception.class, failure -> assertThat(failure.statusCode()).isEqualTo(400));
  }

  @Test
  void refusesWhoeverDoesNotHaveTheCredentials() {
    try (S3Client stranger = client(new Credentials("WADI1", "guessed"))) {
      assertThatThrownBy(() -> put(stranger, "a.json", "content"))
          .isInstanceOfSatisfying(
              S3Exception.class, failure -> assertThat(failure.statusCode()).isEqualTo(403));
      assertThatThrownBy(() -> stranger.listObjectsV2(list -> list.bucket("lake")))
          .isInstanceOf(S3Exception.class);
    }
  }

  @Test
  void keepsObjectsAndTheirMetadataWhenItIsClosedAndOpenedAgain() {
    client.putObject(
        put -> put.bucket("lake").key("a.json").metadata(Map.of("commit", "01K")),
        RequestBody.fromString("content"));
    close();
    open();

    assertThat(client.headObject(head -> head.bucket("lake").key("a.json")).metadata())
        .containsEntry("commit", "01K");
  }

  @Test
  void sweepsWhatKilledPutsLeftBehindWhenItStarts() throws IOException {
    put("events/event_type=a/kept.parquet", "content");
    close();
    Path lake = folder.resolve("lake");
    Path orphan = lake.resolve("events/event_type=a/01K-0.parquet-" + UUID.randomUUID());
    Files.writeString(orphan, "half");
    Path upload = lake.resolve(".mpus-" + UUID.randomUUID() + "-events/event_type=a/big.parquet-1");
    Files.createDirectories(upload.getParent());
    Files.writeString(upload, "part");
    Path lookalike = Files.writeString(lake.resolve("run-" + UUID.randomUUID()), "a user's");

    open();

    assertThat(orphan).doesNotExist();
    assertThat(upload.getParent().getParent()).doesNotExist();
    assertThat(keys(""))
        .containsExactlyInAnyOrder(
            "events/event_type=a/kept.parquet", lookalike.getFileName().toString());
  }

  @Test
  void namesThePortThatIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThatThrownBy(() -> EmbeddedStore.open(folder, BUCKETS, taken.getLocalPort(), OURS))
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
          .hasMessageContaining("wadi.local.store-port");
    }
  }

  @Test
  void namesTheFolderThatCannotBeUsed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    assertThatThrownBy(() -> EmbeddedStore.open(file, BUCKETS, 0, OURS))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining(file.toString());
  }

  private boolean putIfAbsent(String key, String body) {
    try {
      client.putObject(
          put -> put.bucket("lake").key(key).ifNoneMatch("*"), RequestBody.fromString(body));
      return true;
    } catch (S3Exception e) {
      assertThat(e.statusCode()).isEqualTo(412);
      return false;
    }
  }

  private void put(String key, String body) {
    put(client, key, body);
  }

  private static void put(S3Client client, String key, String body) {
    client.putObject(put -> put.bucket("lake").key(key), RequestBody.fromString(body));
  }

  private List<String> keys(String prefix) {
    return client.listObjectsV2(list -> list.bucket("lake").prefix(prefix)).contents().stream()
        .map(S3Object::key)
        .toList();
  }

  private S3Client client(Credentials credentials) {
    return S3Client.builder()
        .endpointOverride(store.endpoint())
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(credentials.accessKey(), credentials.secretKey())))
        .build();
  }
}
