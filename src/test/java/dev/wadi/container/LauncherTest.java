package dev.wadi.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With which options the launcher starts Java, by a Java that only repeats them. */
@Tag("unit")
class LauncherTest {

  private static final String OPTIONS = "-XX:+UseG1GC -XX:MaxRAMPercentage=50";

  @TempDir Path folder;

  @Test
  void givesAProcessTheOptionsOfTheContainer() throws Exception {
    assertThat(options("run")).contains(OPTIONS + " -jar ");
  }

  @Test
  void givesTheHealthCheckBesideItNoneOfThem() throws Exception {
    assertThat(options("health")).contains("-Xmx32m -XX:+UseSerialGC").doesNotContain("G1", "RAM");
  }

  private String options(String command) throws IOException, InterruptedException {
    Path java = folder.resolve("java/bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(java, "#!/bin/sh\necho \"$*\"\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Path launcher = folder.resolve("wadi");
    Files.copy(Path.of("wadi"), launcher, StandardCopyOption.COPY_ATTRIBUTES);

    ProcessBuilder builder = new ProcessBuilder(launcher.toString(), command);
    builder.environment().put("JAVA_HOME", folder.resolve("java").toString());
    builder.environment().put("WADI_JAVA_OPTS", OPTIONS);
    Process process = builder.redirectErrorStream(true).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
