package dev.wadi.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class DropFolderTest {

  @TempDir Path root;

  private final List<DroppedFile> told = new CopyOnWriteArrayList<>();
  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final AtomicInteger failures = new AtomicInteger();

  @Test
  void tellsOfWhatIsThereAtTheStart() throws Exception {
    Files.createDirectories(root.resolve("a/b"));
    Files.writeString(root.resolve("a/b/c d.json"), "{}");
    known.add("known.json");
    Files.writeString(root.resolve("known.json"), "{}");
    try (DropFolder folder = started()) {
      await().until(folder::isQuiet);
      assertThat(told).extracting(DroppedFile::key).containsExactly("a/b/c d.json");
      assertThat(told.get(0).size()).isEqualTo(2);
    }
  }

  @Test
  void tellsOfEachFileThatComesAndOfEachChange() throws Exception {
    try (DropFolder folder = started()) {
      await().until(folder::isQuiet);
      Path inNewFolder = Files.createDirectories(root.resolve("x/y")).resolve("one.json");
      Files.writeString(inNewFolder, "1");
      await().until(() -> told.size() == 1);
      Files.writeString(inNewFolder, "12");
      await().until(() -> told.size() == 2);
      assertThat(told).extracting(DroppedFile::key).containsOnly("x/y/one.json");
      assertThat(told).extracting(DroppedFile::version).doesNotHaveDuplicates();
      assertThat(folder.isQuiet()).isTrue();
    }
  }

  @Test
  void leavesHiddenAndTemporaryFilesUntilTheyAreRenamed() throws Exception {
    Path hidden = Files.createDirectories(root.resolve(".hidden"));
    Files.writeString(hidden.resolve("a.json"), "{}");
    Path part = root.resolve("b.json.part");
    Files.writeString(part, "{}");
    Files.writeString(root.resolve("~c.json"), "{}");
    Files.writeString(root.resolve("c.json-" + "0d1b9d8c-7a44-4a52-9f6d-000000000001"), "{}");
    try (DropFolder folder = started()) {
      await().until(folder::isQuiet);
      assertThat(told).isEmpty();
      Files.move(part, root.resolve("b.json"));
      await().until(() -> told.size() == 1);
      assertThat(told).extracting(DroppedFile::key).containsExactly("b.json");
    }
  }

  @Test
  void tellsAgainWhatCouldNotBeTold() throws Exception {
    failures.set(2);
    Files.writeString(root.resolve("a.json"), "{}");
    try (DropFolder folder = started()) {
      await().until(() -> told.size() == 1);
      assertThat(failures).hasNegativeValue();
      await().until(folder::isQuiet);
    }
  }

  private DropFolder started() throws IOException {
    DropFolder folder =
        DropFolder.open(
            root,
            file -> known.contains(file.key()),
            files -> {
              if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("the queue is away");
              }
              told.addAll(files);
            },
            Clock.systemUTC());
    folder.start();
    return folder;
  }
}
