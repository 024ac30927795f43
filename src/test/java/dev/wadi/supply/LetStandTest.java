package dev.wadi.supply;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The vulnerabilities that the scanner is told to let stand are those that the page explains. */
@Tag("unit")
class LetStandTest {

  private static final Pattern ENTRY =
      Pattern.compile(
          "\\[\\[IgnoredVulns]]\\nid = \"(.+)\"\\nignoreUntil = (.+)\\nreason = \"(.+)\"");
  private static final Pattern ROW = Pattern.compile("\\| (CVE-\\d+-\\d+)[^|]*\\|");

  @Test
  void areExplainedAndLookedAtAgain() throws Exception {
    String settings = Files.readString(Path.of(".github/osv-scanner.toml"));
    String page = Files.readString(Path.of("docs/supply-chain.md"));
    String table = page.substring(page.indexOf("### Known and let stand"));
    Set<String> explained = new TreeSet<>();
    ROW.matcher(table).results().forEach(row -> explained.add(row.group(1)));

    Set<String> ignored = new TreeSet<>();
    Matcher entry = ENTRY.matcher(settings);
    while (entry.find()) {
      ignored.add(entry.group(1));
      assertThat(LocalDate.parse(entry.group(2))).isAfter(LocalDate.of(2026, 11, 22));
    }
    long entries = settings.lines().filter("[[IgnoredVulns]]"::equals).count();
    assertThat(ignored).isEqualTo(explained).hasSize((int) entries);
  }
}
