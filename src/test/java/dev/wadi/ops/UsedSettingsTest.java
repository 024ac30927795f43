package dev.wadi.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class UsedSettingsTest {

  private static final Path RESOURCES = Path.of("src/main/resources");
  private static final Path CODE = Path.of("src/main/java");

  private final Set<String> declared =
      Arrays.stream(Setting.values())
          .map(Setting::property)
          .collect(Collectors.toCollection(TreeSet::new));

  @Test
  void routesUseDeclaredSettingsOnly() throws IOException {
    Set<String> used = placeholders();

    assertThat(used).isNotEmpty();
    assertThat(declared).containsAll(used);
  }

  @Test
  void everyDeclaredSettingIsUsedByARouteOrByTheCode() throws IOException {
    Set<String> inCode = readByTheCode();
    assumeTrue(!inCode.isEmpty(), "nothing but the settings' own package reads settings yet");
    Set<String> unused = new TreeSet<>(declared);
    unused.removeAll(placeholders());
    unused.removeAll(inCode);

    assertThat(unused).as("declared, but neither a route nor the code uses them").isEmpty();
  }

  private static Set<String> placeholders() throws IOException {
    Pattern placeholder = Pattern.compile("\\{\\{\\??!?(wadi\\.[^:}]+)");
    Set<String> found = new TreeSet<>();
    for (String text : texts(RESOURCES, ".yaml", ".properties")) {
      Matcher matcher = placeholder.matcher(text);
      while (matcher.find()) {
        found.add(matcher.group(1).replaceFirst("\\.millis$", ""));
      }
    }
    return found;
  }

  private static Set<String> readByTheCode() throws IOException {
    Pattern constant = Pattern.compile("\\bSetting\\.([A-Z0-9_]+)\\b");
    Set<String> found = new TreeSet<>();
    for (String text : texts(CODE, ".java")) {
      Matcher matcher = constant.matcher(text.startsWith("package dev.wadi.ops;") ? "" : text);
      while (matcher.find()) {
        found.add(Setting.valueOf(matcher.group(1)).property());
      }
    }
    return found;
  }

  private static List<String> texts(Path folder, String... endings) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> Arrays.stream(endings).anyMatch(file.toString()::endsWith))
          .map(UsedSettingsTest::read)
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
