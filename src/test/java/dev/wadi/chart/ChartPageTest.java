package dev.wadi.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** docs/kubernetes.md has every value of the chart, as values.yaml describes it. */
@Tag("unit")
class ChartPageTest {

  private static final Path PAGE = Path.of("docs", "kubernetes.md");
  private static final String BEGIN = "<!-- values: made from values.yaml -->\n";
  private static final String END = "<!-- end of values -->";

  @Test
  void hasTheTableOfValues() throws IOException {
    String page = Files.readString(PAGE);
    String wanted =
        page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
            + "\n"
            + ValuesTable.text()
            + "\n"
            + page.substring(page.indexOf(END));
    if (Boolean.getBoolean("wadi.docs.update")) {
      assertThat(System.getenv("CI")).as("pages are not rewritten in CI").isNull();
      Files.writeString(PAGE, wanted);
    }
    assertThat(PAGE).as("write it anew with -Dwadi.docs.update=true").hasContent(wanted);
  }

  @Test
  void saysWhatEachValueOfTheFirstLevelMeans() throws IOException {
    assertThat(ValuesTable.rows().stream().filter(row -> !row.name().contains(" ")))
        .hasSizeGreaterThan(20)
        .filteredOn(row -> row.meaning().isBlank())
        // these stand with the one before them, under its comment
        .extracting(ValuesTable.Row::name)
        .containsExactlyInAnyOrder(
            "fullnameOverride", "nodeSelector", "tolerations", "priorityClassName", "podLabels");
  }
}
