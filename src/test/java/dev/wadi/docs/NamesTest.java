package dev.wadi.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.ops.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the pages call by a name is there: settings, metrics, routes, files, tests. */
@Tag("unit")
class NamesTest {

  private static final Set<String> SETTINGS =
      Arrays.stream(Setting.values()).map(Setting::property).collect(Collectors.toSet());

  /** In examples of what is said of a name that is none. */
  private static final Set<String> MISSPELT = Set.of("wadi.intake.max-event", "wadi.intake.queu");

  /** A file of the build and a host in examples, which are written alike. */
  private static final Set<String> NO_SETTINGS = Set.of("wadi.cdx.json", "wadi.example.com");

  @Test
  void everySettingIsOne() throws IOException {
    // not a part of a longer name, nor a property of the build (-Dwadi...)
    names(
        "(?<![\\w.-]|-D)(wadi\\.[a-z][a-z0-9]*(?:\\.[a-z][a-z0-9-]*)+)(?![\\w*(/])",
        name -> SETTINGS.contains(name) || MISSPELT.contains(name) || NO_SETTINGS.contains(name));
  }

  @Test
  void everyVariableIsASettingsOrReadByTheProgram() throws IOException {
    String program = program();
    Set<String> variables =
        SETTINGS.stream()
            .map(name -> name.toUpperCase(java.util.Locale.ROOT).replaceAll("[.-]", "_"))
            .collect(Collectors.toSet());
    names(
        "(?<!\\w)(WADI_[A-Z0-9_]*[A-Z0-9])(?!\\w)",
        name -> variables.contains(name) || program.contains(name));
  }

  @Test
  void everyMetricIsOne() throws IOException {
    String metrics = Files.readString(Path.of("docs/metrics.md"));
    String program = program();
    // attributes of messages and outputs of Terraform are written alike
    names(
        "(?<![\\w./-])(wadi_[a-z_]*[a-z])(?![\\w*])",
        name -> metrics.contains("`" + name + "`") || program.contains("\"" + name + "\""));
  }

  @Test
  void everyRouteIsOne() throws IOException {
    Set<String> routes = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/resources/routes"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        routes.add(
            file.getFileName().toString().replaceFirst("^\\d+-", "").replaceFirst("\\..*", ""));
      }
    }
    assertThat(routes).contains("intake-sqs", "event");
    names("\\broutes? `([a-z][a-z0-9-]+)`", routes::contains);
  }

  @Test
  void everyFileIsThere() throws IOException {
    names(
        "`((?:src|docs|\\.ci|\\.github|deploy|terraform)/[\\w./-]*[\\w/])`",
        name -> Files.exists(Path.of(name)));
  }

  @Test
  void everyTestIsThere() throws IOException {
    Set<String> tests = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      files.forEach(file -> tests.add(file.getFileName().toString().replace(".java", "")));
    }
    names("`([A-Z][A-Za-z]+(?:Test|IT))`", tests::contains);
  }

  private static void names(String pattern, Predicate<String> known) throws IOException {
    Pattern name = Pattern.compile(pattern);
    Set<String> unknown = new TreeSet<>();
    int seen = 0;
    for (MarkdownPage page : MarkdownPage.all()) {
      List<String> lines = page.text().lines().toList();
      for (int n = 0; n < lines.size(); n++) {
        Matcher matcher = name.matcher(lines.get(n));
        while (matcher.find()) {
          seen++;
          if (!known.test(matcher.group(1))) {
            unknown.add(page.at(n + 1) + ": " + matcher.group(1));
          }
        }
      }
    }
    assertThat(seen).as("names that look like " + pattern).isPositive();
    assertThat(unknown).isEmpty();
  }

  /** The text of the application, its launcher, its build and its Terraform. */
  private static String program() throws IOException {
    StringBuilder text = new StringBuilder(Files.readString(Path.of("wadi")));
    text.append(Files.readString(Path.of(".ci/run")));
    for (Path folder : List.of(Path.of("src/main"), Path.of("terraform"))) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file :
            files
                .filter(f -> f.toString().matches(".*\\.(java|properties|yaml|xml|tf)"))
                .toList()) {
          text.append(Files.readString(file));
        }
      }
    }
    return text.toString();
  }
}
