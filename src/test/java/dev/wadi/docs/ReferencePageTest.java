package dev.wadi.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.decode.Reason;
import dev.wadi.lake.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** docs/reference.md names what there is, and nothing else. */
@Tag("unit")
class ReferencePageTest {

  private static final Path PAGE = Path.of("docs/reference.md");

  @Test
  void everyReasonOfDecodingIsNamed() throws IOException {
    assertThat(codesUnder("Reasons of dead letters"))
        .containsAll(Arrays.stream(Reason.values()).map(Reason::code).toList());
  }

  @Test
  void everyReasonThatIsNamedStandsInTheCode() throws IOException {
    String code = code();
    assertThat(codesUnder("Reasons of dead letters"))
        .allSatisfy(
            reason ->
                assertThat(
                        code.contains("\"" + reason + "\"")
                            || code.contains(reason.toUpperCase(java.util.Locale.ROOT)))
                    .as(reason)
                    .isTrue());
  }

  @Test
  void everyViolationIsNamed() throws IOException {
    assertThat(codesUnder("What verify finds"))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Violation.values()).map(Violation::code).toList());
  }

  /** What stands between backticks in the first column of a section's table. */
  private static Set<String> codesUnder(String section) throws IOException {
    String text = Files.readString(PAGE).split("## " + section)[1].split("\n## ")[0];
    Set<String> codes = new TreeSet<>();
    for (String row : text.lines().filter(line -> line.startsWith("| `")).toList()) {
      Matcher code = Pattern.compile("`(\\w+)`").matcher(row.split("\\|")[1]);
      while (code.find()) {
        codes.add(code.group(1));
      }
    }
    return codes;
  }

  private static String code() throws IOException {
    StringBuilder code = new StringBuilder();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        code.append(Files.readString(file));
      }
    }
    return code.toString();
  }
}
