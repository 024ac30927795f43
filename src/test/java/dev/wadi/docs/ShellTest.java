package dev.wadi.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ShellTest {

  @Test
  void keepsWhatStandsInQuotesTogether() {
    assertThat(Shell.commands("./wadi query \"SELECT 'a; b' FROM events\" --format csv # why\n"))
        .containsExactly(
            List.of("./wadi", "query", "SELECT 'a; b' FROM events", "--format", "csv"));
  }

  @Test
  void partsCommandsAndLeavesRedirectionsOut() {
    assertThat(
            Shell.commands(
                "./wadi run --rate 0 2> wadi.log &\nls -l | head -n 3 > out && cat < out\n"))
        .containsExactly(
            List.of("./wadi", "run", "--rate", "0"),
            List.of("ls", "-l"),
            List.of("head", "-n", "3"),
            List.of("cat"));
  }

  @Test
  void readsNoCommandsFromAHereDocument() {
    assertThat(
            Shell.commands(
                "cat > a.yaml <<'YAML'\n./wadi nothing\nYAML\n./wadi run \\\n  --rate 5\n"))
        .containsExactly(List.of("cat"), List.of("./wadi", "run", "--rate", "5"));
  }

  @Test
  void keepsASubstitutionInItsWord() {
    assertThat(Shell.commands("./wadi query \"$(cat q.sql)\" --data $(pwd)/x\n"))
        .containsExactly(List.of("./wadi", "query", "$(cat q.sql)", "--data", "$(pwd)/x"));
  }
}
