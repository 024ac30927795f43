package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.ops.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom the settings let post events. */
@Tag("unit")
class HttpEventsTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, '', false",
    "0.0.0.0, '', true",
    // whoever reaches the proxy comes from this machine
    "127.0.0.1, wadi.example.com, true",
    "::1, 'localhost, wadi.example.com', true",
  })
  void nobodyMayPostWhereOthersReachIt(String host, String names, boolean closed)
      throws IOException {
    assertThat(isClosed("wadi.http.host = " + host, "wadi.http.names = " + names))
        .isEqualTo(closed);
  }

  @Test
  void theOperatorOpensIt() throws IOException {
    String proxy = "wadi.http.names = wadi.example.com";

    assertThat(isClosed(proxy, "wadi.http.events.anonymous = true")).isFalse();
    assertThat(isClosed(proxy, "wadi.http.events.token = of-a-test")).isFalse();
  }

  private boolean isClosed(String... lines) throws IOException {
    Path file = Files.write(folder.resolve("my.properties"), List.of(lines));
    return new HttpEvents(Settings.load("local", Map.of(), file))
        .admission(Clock.systemUTC())
        .isClosed();
  }
}
