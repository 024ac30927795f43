package dev.wadi.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The folder {@code /opt/wadi} of the image, laid out as the Dockerfile does and run by its
 * launcher: with the libraries of one platform, writing nowhere but to its data and temporary
 * folders.
 */
@Tag("integration")
class ImageFolderIT {

  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @TempDir Path folder;
  private Path home;
  private Path data;
  private Path temporary;

  @BeforeEach
  void layOut() throws Exception {
    Assumptions.assumeTrue(
        System.getProperty("os.name").equals("Linux"), "the image is one of Linux");
    home = Files.createDirectories(folder.resolve("wadi"));
    data = folder.resolve("data");
    temporary = Files.createDirectories(folder.resolve("tmp"));
    copy(Path.of("target/lib"), home.resolve("lib"));
    Files.copy(Path.of("target/wadi.jar"), home.resolve("wadi.jar"));
    Files.copy(Path.of("wadi"), home.resolve("wadi"));
    Files.setPosixFilePermissions(
        home.resolve("wadi"), PosixFilePermissions.fromString("rwxr-xr-x"));
    List<String> strip = new ArrayList<>();
    strip.add(java());
    strip.addAll(List.of("deploy/container/OnePlatform.java", home.resolve("lib").toString()));
    strip.add(architecture());
    Process stripped = start(strip, "strip");
    assertThat(stripped.waitFor()).as(said("strip")).isZero();
  }

  @Test
  void landsEventsWithTheLibrariesOfOnePlatform() throws Exception {
    assertThat(home.resolve("lib/libduckdb_java.so_linux_" + architecture())).exists();
    assertThat(said("strip")).contains("duckdb_jdbc", "zstd-jni", "sqlite-jdbc", "arrow-c-data");
    Map<Path, Long> before = files(home);

    Process wadi =
        wadi("run", "run", "--data", data.toString(), "--port", "0", "--malformed", "0.1");
    try {
      URI url = ready(wadi);
      await().atMost(PATIENCE).until(() -> series(url, "wadi_events_landed_total") > 0);
      await().atMost(PATIENCE).until(() -> series(url, "wadi_dead_letters_sent_total") > 0);
      assertThat(series(url, "wadi_file_bytes_count")).isPositive();
      assertThat(series(url, "disk_free_bytes")).isPositive();

      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                Process health =
                    wadi("health", "health", "--url", url.resolve("/health").toString());
                assertThat(health.waitFor()).as(said("health")).isZero();
                assertThat(said("health")).contains("\"status\":\"UP\"");
              });
      // what else was unpacked there is deleted when it is loaded
      assertThat(names(temporary)).noneMatch(name -> name.contains("duckdb"));
    } finally {
      wadi.destroy();
    }
    assertThat(wadi.waitFor()).as(said("run")).isZero();

    Process verified = wadi("verify", "verify", "--data", data.toString());
    assertThat(verified.waitFor()).as(said("verify")).isZero();
    assertThat(files(home)).as("what is in the image").isEqualTo(before);
    assertThat(names(folder))
        .allMatch(name -> name.matches("wadi|data|tmp|(run|strip|health|verify)\\.txt"));
  }

  private Process wadi(String name, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(home.resolve("wadi").toString()));
    command.addAll(List.of(arguments));
    return start(command, name);
  }

  private Process start(List<String> command, String name) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("HOME", "/nonexistent");
    builder
        .environment()
        .put("WADI_JAVA_OPTS", "-XX:MaxRAMPercentage=10 -Djava.io.tmpdir=" + temporary);
    return builder
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(name + ".txt").toFile())
        .start();
  }

  private URI ready(Process wadi) {
    Pattern ready = Pattern.compile("ready at (http://\\S+)");
    await().atMost(PATIENCE).until(() -> !wadi.isAlive() || ready.matcher(said("run")).find());
    Matcher found = ready.matcher(said("run"));
    assertThat(found.find()).as(said("run")).isTrue();
    return URI.create(found.group(1));
  }

  /** The sum of a metric's series; 0 if it has none yet. */
  private static double series(URI url, String name) throws IOException, InterruptedException {
    String text =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(url.resolve("/metrics")).build(), BodyHandlers.ofString())
            .body();
    return text.lines()
        .filter(line -> line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private String said(String name) {
    try {
      return Files.readString(folder.resolve(name + ".txt"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static String architecture() {
    String name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return name.equals("aarch64") ? "arm64" : "amd64";
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static Map<Path, Long> files(Path folder) throws IOException {
    Map<Path, Long> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        files.put(file, Files.getLastModifiedTime(file).toMillis());
      }
    }
    return files;
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
