package dev.wadi.crash.run;

import dev.wadi.process.WadiProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What lets a process of Wadi start in half the time: it lives for seconds, so compiling well
 * doesn't pay, and its classes are taken from an archive of an earlier process.
 */
final class QuickStart {

  private static final Path JAR = Path.of("target", "wadi.jar").toAbsolutePath();
  private static final Path ARCHIVE = JAR.resolveSibling("crash").resolve("wadi.jsa");
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String OPTIONS =
      "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xlog:disable -Xshare:auto";
  private static final String OPTIONS_VARIABLE = "JDK_JAVA_OPTIONS";

  private static boolean prepared;

  private QuickStart() {}

  /** What a process must have in its environment; the first time, the archive is made. */
  static synchronized Map<String, String> environment() throws IOException, InterruptedException {
    if (!prepared) {
      prepare();
      prepared = true;
    }
    return Map.of(OPTIONS_VARIABLE, OPTIONS + " -XX:SharedArchiveFile=" + ARCHIVE);
  }

  /** Unless that of this jar is there. Without one all goes as well, slower. */
  private static void prepare() throws IOException, InterruptedException {
    if (Files.exists(ARCHIVE)
        && Files.getLastModifiedTime(ARCHIVE).compareTo(Files.getLastModifiedTime(JAR)) > 0) {
      return;
    }
    Files.createDirectories(ARCHIVE.getParent());
    Path trial = Files.createTempDirectory(ARCHIVE.getParent(), "trial");
    Map<String, String> archiving =
        Map.of(OPTIONS_VARIABLE, OPTIONS + " -XX:ArchiveClassesAtExit=" + ARCHIVE);
    try (WadiProcess wadi =
        WadiProcess.start(
            archiving,
            "run",
            "--rate",
            "max",
            "--events",
            "50",
            "--port",
            "0",
            "--data",
            trial.toString())) {
      wadi.awaitExit(PATIENCE);
    } finally {
      Folders.delete(trial);
    }
  }
}
