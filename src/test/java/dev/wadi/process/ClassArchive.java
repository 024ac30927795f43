package dev.wadi.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The classes of the packaged application as a JVM keeps them, so that the many processes of the
 * tests start in half the time, as those of the launcher do. It is made once for a jar.
 */
public final class ClassArchive {

  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final Path JAR = Path.of("target", "wadi.jar").toAbsolutePath();

  private ClassArchive() {}

  /** That of the packaged jar and this JVM's program, which is made if it isn't there. */
  public static Path ofThePackagedJar() throws IOException {
    try {
      return of(JAVA, JAR);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /**
   * The JVM's options that make use of it, which is made first if it is missing or older than the
   * jar. Two test runs beside each other make it once.
   *
   * @param java the program that will be started with them
   */
  static List<String> options(Path java, Path jar) throws IOException, InterruptedException {
    return List.of("-XX:SharedArchiveFile=" + of(java, jar), "-Xlog:disable");
  }

  private static synchronized Path of(Path java, Path jar)
      throws IOException, InterruptedException {
    Path archive = jar.resolveSibling("wadi-tests.jsa");
    try (FileChannel lock =
            FileChannel.open(
                jar.resolveSibling("wadi-tests.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock held = lock.lock()) {
      if (held.isValid() && !isOf(archive, jar)) {
        make(java, jar, archive);
      }
    }
    return archive;
  }

  private static boolean isOf(Path archive, Path jar) throws IOException {
    return Files.exists(archive)
        && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) > 0;
  }

  private static void make(Path java, Path jar, Path archive)
      throws IOException, InterruptedException {
    Path data = Files.createTempDirectory("wadi-trial");
    Path made = archive.resolveSibling("wadi-tests.jsa.new");
    try {
      new ProcessBuilder(
              java.toString(),
              "-XX:ArchiveClassesAtExit=" + made,
              "-Xlog:disable",
              "-jar",
              jar.toString(),
              "run",
              "--data",
              data.toString(),
              "--port",
              "0",
              "--rate",
              "max",
              "--events",
              "50")
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
      if (!Files.exists(made)) {
        throw new AssertionError(
            "no archive of classes was made: does `java -jar " + jar + " run` work?");
      }
      Files.move(made, archive, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      delete(data);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
