package dev.wadi.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class LocalEndpointsTest {

  @TempDir Path folder;
  private final LocalEndpoints endpoints =
      new LocalEndpoints(
          URI.create("http://127.0.0.1:9324"),
          URI.create("http://127.0.0.1:9000"),
          "us-east-1",
          Credentials.random(new SecureRandom()));

  @Test
  void readsWhatItWrote() throws IOException {
    Path file = folder.resolve(".wadi/endpoints.properties");
    endpoints.write(file);
    endpoints.write(file);

    assertThat(LocalEndpoints.read(file)).isEqualTo(endpoints);
    assertThat(file.getParent()).isDirectoryContaining(file::equals);
  }

  @Test
  void writesWhatAShellReads() throws Exception {
    Path file = folder.resolve("aws.sh");
    endpoints.writeShell(file, "http://127.0.0.1:9324/000000000000/events");

    Process shell =
        new ProcessBuilder(
                "sh",
                "-c",
                ". \"$1\"; echo $AWS_ENDPOINT_URL_SQS $QUEUE_URL",
                "sh",
                file.toString())
            .start();

    assertThat(shell.inputReader().readLine())
        .isEqualTo("http://127.0.0.1:9324 http://127.0.0.1:9324/000000000000/events");
  }

  @Test
  void letsNobodyElseReadTheFile() throws IOException {
    Path file = folder.resolve("endpoints.properties");
    endpoints.write(file);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void namesWhatIsMissingInTheFile() throws IOException {
    Path file = Files.writeString(folder.resolve("endpoints.properties"), "region=us-east-1\n");

    assertThatThrownBy(() -> LocalEndpoints.read(file))
        .hasMessageContaining(file.toString())
        .hasMessageContaining("queue.endpoint");
  }

  @Test
  void saysNoSecretInALog() {
    assertThat(endpoints.toString()).doesNotContain(endpoints.credentials().secretKey());
  }
}
