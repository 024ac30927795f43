package dev.wadi.intake.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.SetupException;
import dev.wadi.ops.HandClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class AccessTokenTest {

  @TempDir Path folder;
  private final HandClock clock = new HandClock();

  @Test
  void anyTokenOfTheFileWillDo() throws Exception {
    AccessToken token = AccessToken.in(file("old-one\n\n new-one \n"), clock);

    assertThat(token.admits("Bearer old-one")).isTrue();
    assertThat(token.admits("bearer new-one")).isTrue();
    assertThat(token.admits("Bearer another")).isFalse();
    assertThat(token.admits("Bearer ")).isFalse();
    assertThat(token.admits(null)).isFalse();
  }

  @Test
  void aTokenThatIsTakenOutOfTheFileLetsNobodyInAnyMore() throws Exception {
    AccessToken token = AccessToken.in(file("old-one\nnew-one\n"), clock);

    file("new-one\n");
    clock.forward(Duration.ofSeconds(2));

    assertThat(token.admits("Bearer old-one")).isFalse();
    assertThat(token.admits("Bearer new-one")).isTrue();
  }

  @Test
  void aFileThatIsEmptiedOrGoneNeverLetsEverybodyIn() throws Exception {
    AccessToken token = AccessToken.in(file("only-one\n"), clock);

    file("");
    clock.forward(Duration.ofSeconds(2));
    assertThat(token.admits(null)).isFalse();
    assertThat(token.trouble().orElseThrow()).contains("has no token in it");
    Files.delete(folder.resolve("tokens"));
    clock.forward(Duration.ofSeconds(2));
    assertThat(token.admits(null)).isFalse();
    assertThat(token.trouble().orElseThrow()).contains("can't be read");

    assertThat(token.admits("Bearer only-one")).isTrue();
  }

  @Test
  void aFileWithoutATokenStopsTheStart() throws Exception {
    Path empty = file(" \n");

    assertThatThrownBy(() -> AccessToken.in(empty, clock))
        .isInstanceOf(SetupException.class)
        .hasMessage("wadi.http.events.token-file has no token in it: " + empty);
  }

  private Path file(String text) throws Exception {
    return Files.writeString(folder.resolve("tokens"), text);
  }
}
