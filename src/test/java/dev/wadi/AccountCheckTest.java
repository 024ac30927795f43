package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.check.Finding;
import dev.wadi.check.Finding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code wadi check} says of changes to Wadi's own routes; {@link AccountIT} runs them. */
@Tag("unit")
class AccountCheckTest {

  @TempDir Path routes;

  static List<AccountCase> cases() throws IOException {
    return AccountCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void tellsWhatBreaksTheAccountAndNothingElse(AccountCase change) throws IOException {
    change.writeTo(routes);
    List<Finding> findings =
        new Check("local", Map.of(), null, null, routes, null).run().findings();
    if (change.verdict().equals("none")) {
      assertThat(findings).isEmpty();
      return;
    }
    assertThat(findings)
        .hasSize(1)
        .first()
        .satisfies(
            finding -> {
              assertThat(finding.severity())
                  .isEqualTo(Severity.valueOf(change.verdict().toUpperCase(java.util.Locale.ROOT)));
              assertThat(finding.message()).contains(change.said());
              assertThat(finding.line()).isPositive();
            });
  }

  /** A row of the docs for each part, with a text under the verdict of each case. */
  @ParameterizedTest
  @MethodSource("cases")
  void isToldInTheDocs(AccountCase change) throws IOException {
    List<String> verdicts = List.of("error", "warning", "none");
    assertThat(Files.readAllLines(Path.of("docs/check.md")))
        .filteredOn(line -> line.startsWith("| `" + change.part() + "` |"))
        .singleElement()
        .satisfies(
            row -> {
              String[] cells = row.split("\\s*\\|\\s*", -1);
              assertThat(cells[2 + verdicts.indexOf(change.verdict())]).as(row).isNotEmpty();
            });
  }
}
