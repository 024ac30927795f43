package dev.wadi.docs;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tutorial, from its first block to its last, in the packaged application. */
@Tag("integration")
class TutorialIT {

  @TempDir Path folder;

  @Test
  void goesAsThePageSays() throws Exception {
    try (ShellSession shell = new ShellSession(folder)) {
      new Walkthrough(shell).go(Path.of("docs/tutorial.md"));
    }
  }
}
