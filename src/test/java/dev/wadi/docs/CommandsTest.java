package dev.wadi.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.cli.CommandLines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every command line of Wadi's on a page is one that its own parser takes. */
@Tag("unit")
class CommandsTest {

  @Test
  void everyCommandInABlockIsOne() throws IOException {
    List<String> wrong = new ArrayList<>();
    int seen = 0;
    for (MarkdownPage page : MarkdownPage.all()) {
      for (MarkdownPage.Block block : page.blocks()) {
        if (block.language().equals("sh")) {
          for (List<String> words : Shell.commands(block.text())) {
            Optional<String[]> ours = behindWadi(words);
            seen += ours.isPresent() ? 1 : 0;
            ours.flatMap(CommandsTest::problem)
                .ifPresent(
                    problem -> wrong.add(page.at(block.line()) + ": " + words + ": " + problem));
          }
        }
      }
    }
    assertThat(seen).isGreaterThan(60);
    assertThat(wrong).isEmpty();
  }

  @Test
  void everyCommandInALineIsOne() throws IOException {
    List<String> wrong = new ArrayList<>();
    int seen = 0;
    for (MarkdownPage page : MarkdownPage.all()) {
      for (MarkdownPage.Part code : page.inlineCode()) {
        if (code.text().matches("(\\./)?wadi [a-z].*")) {
          seen++;
          // what the reader is to put in is a number, where it is a single letter
          Optional<String> problem =
              behindWadi(Shell.commands(code.text().replaceAll(" [A-Z]\\b", " 1")).get(0))
                  .flatMap(CommandsTest::problem);
          // a sentence may name a command without what it needs
          problem
              .filter(said -> !said.startsWith("Missing required"))
              .ifPresent(
                  said -> wrong.add(page.at(code.line()) + ": " + code.text() + ": " + said));
        }
      }
    }
    assertThat(seen).isGreaterThan(60);
    assertThat(wrong).isEmpty();
  }

  private static Optional<String> problem(String... words) {
    return words[0].equals("cloud")
        ? problemOfCloud(List.of(words).subList(1, words.length))
        : CommandLines.problem(words);
  }

  /** The launcher hands these to a script, which says in its usage what it takes. */
  private static Optional<String> problemOfCloud(List<String> words) {
    String script;
    try {
      script = Files.readString(Path.of("deploy/cloud.sh"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int terraforms = words.indexOf("--");
    return words.subList(0, terraforms < 0 ? words.size() : terraforms).stream()
        .filter(word -> word.startsWith("-"))
        .filter(option -> !script.contains("\n  " + option + " "))
        .findFirst()
        .map(option -> "unknown option " + option)
        .or(
            () ->
                words.isEmpty() || List.of("deploy", "status", "destroy").contains(words.get(0))
                    ? Optional.empty()
                    : Optional.of("unknown action " + words.get(0)));
  }

  /** The words behind the program's name, if the program is Wadi. */
  static Optional<String[]> behindWadi(List<String> words) {
    int program = 0;
    while (program < words.size() && words.get(program).matches("[A-Z_]+=.*|exec|time")) {
      program++;
    }
    if (program == words.size()) {
      return Optional.empty();
    }
    if (words.get(program).equals("java") && words.contains("-jar")) {
      program = words.indexOf("-jar") + 1;
    }
    return words.get(program).matches("(.*/)?wadi(\\.jar)?") && program + 1 < words.size()
        ? Optional.of(words.subList(program + 1, words.size()).toArray(String[]::new))
        : Optional.empty();
  }
}
