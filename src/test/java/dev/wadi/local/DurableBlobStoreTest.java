package dev.wadi.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

@Tag("unit")
class DurableBlobStoreTest {

  @TempDir Path root;
  private final List<String> forced = new ArrayList<>();
  private Path file;

  @BeforeEach
  void makeTheBucket() throws IOException {
    file = Files.createDirectories(root.resolve("lake")).resolve("a/b/c.json");
  }

  @Test
  void forcesTheContentBeforeTheKeyExistsAndTheFoldersAfter() {
    put(store(path -> forced.add(described(path))));

    assertThat(forced)
        .containsExactly(
            "content, without the key", "b, with the key", "a, with the key", "lake, with the key");
  }

  @Test
  void forcesTheFolderThatIsLeftAfterARemoval() {
    DurableBlobStore store = store(path -> forced.add(described(path)));
    put(store);
    forced.clear();

    store.removeBlob(DeleteObjectRequest.builder().bucket("lake").key("a/b/c.json").build());

    assertThat(forced).containsExactly("lake, without the key");
  }

  @Test
  void failsThePutWhenTheDiskFails() {
    DurableBlobStore store =
        store(
            path -> {
              throw new IOException("no space left");
            });

    assertThatThrownBy(() -> put(store)).hasStackTraceContaining("no space left");
    assertThat(file).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../raw/x.json",
        "a/../b.json",
        "a//b.json",
        "/a.json",
        "a/./b.json",
        "a.json-0b9c7d70-3c79-4a4e-9f1f-0123456789ab"
      })
  void refusesAKeyThatAFolderCannotHoldAsItIs(String key) {
    DurableBlobStore store = store(path -> forced.add(described(path)));
    PutObjectRequest request = PutObjectRequest.builder().bucket("lake").key(key).build();

    assertThatThrownBy(() -> store.putBlob(request, new ByteArrayInputStream(new byte[1])))
        .isInstanceOfSatisfying(
            S3Exception.class, failure -> assertThat(failure.statusCode()).isEqualTo(400))
        .hasMessageContaining(key);
  }

  private String described(Path path) {
    String name =
        StoredFile.isUnfinished(path.getFileName().toString())
            ? "content"
            : path.getFileName().toString();
    return name + (Files.exists(file) ? ", with the key" : ", without the key");
  }

  private DurableBlobStore store(Disk disk) {
    return new DurableBlobStore(new FilesystemNio2BlobStore(root.toString()), root, disk);
  }

  private static void put(DurableBlobStore store) {
    store.putBlob(
        PutObjectRequest.builder().bucket("lake").key("a/b/c.json").ifNoneMatch("*").build(),
        new ByteArrayInputStream("content".getBytes(StandardCharsets.UTF_8)));
  }
}
