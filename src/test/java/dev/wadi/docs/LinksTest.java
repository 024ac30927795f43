package dev.wadi.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every link of every page leads somewhere; those that leave the project are judged by form. */
@Tag("unit")
class LinksTest {

  @Test
  void everyRelativeLinkLeadsToAFileAndItsAnchorToAHeading() throws IOException {
    List<String> broken = new ArrayList<>();
    int seen = 0;
    for (MarkdownPage page : MarkdownPage.all()) {
      for (MarkdownPage.Part link : page.links()) {
        if (!link.text().contains("://")) {
          seen++;
          if (!leadsSomewhere(page, link.text())) {
            broken.add(page.at(link.line()) + ": " + link.text());
          }
        }
      }
    }
    assertThat(seen).isGreaterThan(100);
    assertThat(broken).as("links that lead nowhere").isEmpty();
  }

  @Test
  void everyOtherLinkIsAnAddress() throws IOException {
    for (MarkdownPage page : MarkdownPage.all()) {
      for (MarkdownPage.Part link : page.links()) {
        if (link.text().contains("://")) {
          URI address = URI.create(link.text());
          assertThat(address.getScheme()).as(page.at(link.line())).isIn("http", "https");
          assertThat(address.getHost()).as(page.at(link.line())).contains(".");
        }
      }
    }
  }

  @Test
  void everyPageOfTheDocsIsOnTheMap() throws IOException {
    Path map = Path.of("docs/README.md");
    List<Path> linked =
        MarkdownPage.read(map).links().stream()
            .map(link -> map.resolveSibling(link.text().replaceFirst("#.*", "")).normalize())
            .toList();
    List<Path> pages =
        MarkdownPage.all().stream()
            .map(MarkdownPage::file)
            .filter(file -> file.startsWith("docs") && !file.equals(map))
            .toList();
    assertThat(linked).containsAll(pages);
  }

  private static boolean leadsSomewhere(MarkdownPage page, String link) throws IOException {
    String[] parts = link.split("#", 2);
    Path target =
        parts[0].isEmpty() ? page.file() : page.file().resolveSibling(parts[0]).normalize();
    if (parts.length == 1) {
      return Files.exists(target);
    }
    return target.toString().endsWith(".md")
        && Files.exists(target)
        && MarkdownPage.read(target).anchors().contains(parts[1]);
  }
}
