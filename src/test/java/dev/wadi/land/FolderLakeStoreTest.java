package dev.wadi.land;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.TransientException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class FolderLakeStoreTest {

  private static final String KEY = "events/event_type=a/event_date=2026-11-21/01ARZ-0.parquet";

  @TempDir Path folder;
  private Path lake;
  private FolderLakeStore store;

  @BeforeEach
  void open() {
    lake = folder.resolve("lake");
    store = new FolderLakeStore(lake);
  }

  @Test
  void putsAnObjectOnce() throws IOException {
    assertThat(store.putIfAbsent("_wadi/a.json", bytes("one"))).isTrue();
    assertThat(store.putIfAbsent("_wadi/a.json", bytes("two"))).isFalse();
    assertThat(store.get("_wadi/a.json")).hasValue(bytes("one"));
    assertThat(lake.resolve("_wadi/a.json")).hasContent("one");
    assertThat(filesIn(lake)).containsExactly("_wadi/a.json");
  }

  @Test
  void onlyOneOfManyPutsOfAKeyIsTheFirst() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 20; round++) {
        String key = "_wadi/commits/" + round + ".json";
        List<Callable<Boolean>> puts =
            IntStream.range(0, 8)
                .<Callable<Boolean>>mapToObj(n -> () -> store.putIfAbsent(key, bytes("put " + n)))
                .toList();
        long first = 0;
        for (Future<Boolean> put : pool.invokeAll(puts)) {
          first += put.get() ? 1 : 0;
        }
        assertThat(first).isEqualTo(1);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void answersEmptyForWhatIsNotThere() {
    assertThat(store.get("none.json")).isEmpty();
    assertThat(store.metadata("none.json")).isEmpty();
    assertThat(store.metadata("events")).isEmpty();
    assertThat(store.keys("_wadi/commits/", null)).isEmpty();
    store.delete("none.json");
    store.delete("no/folder/none.json");
  }

  @Test
  void listsKeysInOrderAfterOneAndNothingUnfinished() throws IOException {
    List.of("_wadi/commits/3.json", "_wadi/commits/1.json", "_wadi/commits/2.json", "other.json")
        .forEach(key -> store.putIfAbsent(key, bytes("x")));
    Files.createDirectories(lake.resolve(".mpus-wadi"));
    Files.writeString(lake.resolve(".mpus-wadi/killed"), "x");
    Files.writeString(
        lake.resolve("_wadi/commits/4.json-0b9c7d70-3c79-4a4e-9f1f-0123456789ab"), "x");

    assertThat(store.keys("_wadi/commits/", null))
        .containsExactly("_wadi/commits/1.json", "_wadi/commits/2.json", "_wadi/commits/3.json");
    assertThat(store.keys("_wadi/commits/", "_wadi/commits/1.json"))
        .containsExactly("_wadi/commits/2.json", "_wadi/commits/3.json");
    assertThat(store.keys("_wadi/commits/2", null)).containsExactly("_wadi/commits/2.json");
    assertThat(store.keys("", null)).hasSize(4);
  }

  @Test
  void deletesAnObject() {
    store.putIfAbsent("a/b.json", bytes("x"));
    store.delete("a/b.json");
    store.delete("a/b.json");
    assertThat(store.get("a/b.json")).isEmpty();
  }

  @Test
  void deletesManyObjectsAndForcesEachFolderOnce() {
    List<String> forced = new ArrayList<>();
    FolderLakeStore recorded =
        new FolderLakeStore(lake, path -> forced.add(path.getFileName().toString()));
    store.putIfAbsent("a/1.json", bytes("x"));
    store.putIfAbsent("a/2.json", bytes("x"));
    store.putIfAbsent("b/3.json", bytes("x"));

    recorded.delete(List.of("a/1.json", "a/2.json", "a/none.json"));

    assertThat(store.keys("", null)).containsExactly("b/3.json");
    assertThat(forced).containsExactly("a", "lake");
  }

  @Test
  void givesTheFileThatAnObjectIs() throws IOException {
    store.putIfAbsent(KEY, bytes("rows"));
    try (LakeFile file = store.file(KEY, folder).orElseThrow()) {
      assertThat(file.path()).isEqualTo(lake.resolve(KEY));
    }
    assertThat(lake.resolve(KEY)).exists();
    assertThat(store.file("events/none.parquet", folder)).isEmpty();
  }

  @Test
  void publishesStagedFilesWithTheMetadataByWhichTheyAreKnownAgain() throws IOException {
    List<StagedObject> objects = staged(3);

    store.publish(objects);
    store.publish(objects);

    for (StagedObject object : objects) {
      assertThat(store.get(object.key())).hasValue(bytes(object.key()));
      assertThat(store.metadata(object.key())).hasValue(object.metadata());
      assertThat(object.file()).exists();
      assertThat(Files.isSameFile(object.file(), lake.resolve(object.key()))).isTrue();
    }
    Files.delete(objects.get(0).file());
    assertThat(store.get(objects.get(0).key())).hasValue(bytes(objects.get(0).key()));
  }

  @Test
  void takesTheSameFileOfTheSameCommitThatWasCopiedForItsOwn() throws IOException {
    StagedObject object = staged(1).get(0);
    store.publish(List.of(object));
    Path copy = Files.copy(object.file(), folder.resolve("copy"));

    store.publish(
        List.of(
            new StagedObject(
                object.commit(), "events", object.key(), copy, 1, 1, object.sha256())));

    assertThat(store.get(object.key())).hasValue(bytes(object.key()));
  }

  @Test
  void publishesNothingOverAnotherObject() {
    StagedObject object = staged(1).get(0);
    store.putIfAbsent(object.key(), bytes("another's"));

    assertThatThrownBy(() -> store.publish(List.of(object)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(object.key() + " is taken");
    assertThat(store.get(object.key())).hasValue(bytes("another's"));
  }

  @Test
  void copiesAFileThatCannotBeLinked() throws IOException {
    Path otherDisk = Path.of("/dev/shm");
    org.junit.jupiter.api.Assumptions.assumeTrue(
        Files.isWritable(otherDisk)
            && !Files.getFileStore(otherDisk).equals(Files.getFileStore(folder)),
        "needs a second file system at /dev/shm");
    Path elsewhere = Files.createTempDirectory(otherDisk, "wadi-test");
    try {
      StagedObject object = Staged.object(elsewhere, KEY);

      store.publish(List.of(object));
      store.publish(List.of(object));

      assertThat(store.get(KEY)).hasValue(bytes(KEY));
      assertThat(store.metadata(KEY)).hasValue(object.metadata());
      assertThat(filesIn(lake)).containsExactly(KEY);
    } finally {
      Files.delete(elsewhere.resolve("staging/01ARZ-0.parquet"));
      Files.delete(elsewhere.resolve("staging"));
      Files.delete(elsewhere);
    }
  }

  @Test
  void forcesTheContentBeforeTheKeyExistsAndTheFoldersAfter() {
    List<String> forced = new ArrayList<>();
    Path file = lake.resolve("a/b/c.json");
    FolderLakeStore recorded = new FolderLakeStore(lake, path -> forced.add(described(path, file)));

    recorded.putIfAbsent("a/b/c.json", bytes("x"));

    assertThat(forced)
        .containsExactly(
            "content, without the key", "b, with the key", "a, with the key", "lake, with the key");
  }

  @Test
  void forcesEachFolderOnceForAllThatIsPublished() {
    List<String> forced = new ArrayList<>();
    FolderLakeStore recorded =
        new FolderLakeStore(lake, path -> forced.add(described(path, lake.resolve(KEY))));

    recorded.publish(staged(5));

    assertThat(forced)
        .containsExactly(
            "event_date=2026-11-21, with the key",
            "event_type=a, with the key",
            "events, with the key",
            "lake, with the key");
  }

  @Test
  void saysWhichFileFailedWhenTheDiskFails() throws IOException {
    FolderLakeStore failing =
        new FolderLakeStore(
            lake,
            path -> {
              throw new IOException("No space left on device");
            });

    assertThatThrownBy(() -> failing.putIfAbsent("a/b.json", bytes("x")))
        .isInstanceOf(TransientException.class)
        .hasMessageContaining(lake.resolve("a/b.json").toString())
        .hasMessageContaining("No space left");
    assertThat(filesIn(lake)).isEmpty();
    assertThatThrownBy(() -> failing.publish(staged(1))).isInstanceOf(TransientException.class);
    assertThatThrownBy(() -> failing.delete("a/b.json")).isInstanceOf(TransientException.class);
  }

  @Test
  void saysWhichFileCannotBeReadOrWritten() throws IOException {
    Files.createDirectories(lake.resolve("folder"));
    assertThatThrownBy(() -> store.get("folder"))
        .isInstanceOf(TransientException.class)
        .hasMessageContaining("folder");
    Files.writeString(lake.resolve("file"), "x");
    assertThatThrownBy(() -> store.putIfAbsent("file/a.json", bytes("x")))
        .isInstanceOf(TransientException.class)
        .hasMessageContaining("file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../raw/x.json", "a/../b.json", "/etc/passwd", "a/./b.json", "a/"})
  void refusesAKeyThatLeadsElsewhere(String key) {
    assertThatThrownBy(() -> store.putIfAbsent(key, bytes("x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(key);
    assertThatThrownBy(() -> store.delete(key)).isInstanceOf(IllegalArgumentException.class);
  }

  private List<StagedObject> staged(int count) {
    return IntStream.range(0, count)
        .mapToObj(n -> Staged.object(folder, KEY.replace("-0.", "-" + n + ".")))
        .toList();
  }

  private static String described(Path path, Path file) {
    String name =
        path.getParent().endsWith(".mpus-wadi") ? "content" : path.getFileName().toString();
    return name + (Files.exists(file) ? ", with the key" : ", without the key");
  }

  private static List<String> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
