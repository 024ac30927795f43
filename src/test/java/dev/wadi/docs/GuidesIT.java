package dev.wadi.docs;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The how-to guides that need nothing but Wadi, done as they say, each in a folder of its own. */
@Tag("integration")
class GuidesIT {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"add-a-source", "back-up-and-restore", "change-a-route", "replay-failures"})
  void goAsTheySay(String guide) throws Exception {
    try (ShellSession shell = new ShellSession(folder)) {
      new Walkthrough(shell).go(Path.of("docs/how-to", guide + ".md"));
    }
  }
}
