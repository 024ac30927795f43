package dev.wadi;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.deduplicate.LineLog;
import dev.wadi.event.SetupException;
import dev.wadi.ingest.FileRuns;
import dev.wadi.land.CommitLog;
import dev.wadi.land.FolderLakeStore;
import dev.wadi.ops.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of a data folder that are derived from its lake: who damages one is told to delete it. */
@Tag("unit")
class DamagedStateTest {

  @TempDir Path data;

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "{\"sqs:events\":null}", "{\"k\":{\"s-1\":null}}"})
  void linesThatAreAccountedFor(String content) throws IOException {
    Path file = damage("lines.json", content);

    assertRefused(() -> LineLog.open(file), file);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{\"a.json\":null}",
        "{\"a.json\":{\"shape\":\"cdevents\"}}",
        "{\"a.json\":{\"shape\":\"cdevents\",\"run\":\"r\"}}"
      })
  void filesThatAreBeingRead(String content) throws IOException {
    Path file = damage("files.json", content);
    CommitLog log = new CommitLog(new FolderLakeStore(data.resolve("lake")));

    assertRefused(() -> FileRuns.open(file, log, "cdevents"), file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "one", "{}"})
  void theEpochOfTheLedgers(String content) throws IOException {
    Path file = damage("epoch", content);
    Ledgers ledgers = new Ledgers(Settings.load("local", Map.of(), null), data, Clock.systemUTC());

    assertRefused(() -> ledgers.takeOver(Duration.ofSeconds(1), (of, done, all, keys) -> {}), file);
  }

  private Path damage(String name, String content) throws IOException {
    Path file = data.resolve(".wadi").resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private static void assertRefused(ThrowingCallable use, Path file) {
    assertThatThrownBy(use)
        .isInstanceOf(SetupException.class)
        .hasMessageContainingAll(file.toString(), "delete it");
  }
}
