package dev.wadi.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wadi.docs.MarkdownPage.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A page done step by step: its blocks of commands are typed one after the other, and the answers
 * that it shows are compared with what comes.
 */
final class Walkthrough {

  private static final Duration PATIENCE = Duration.ofSeconds(240);

  /** Asking again is what the reader does too, when an answer isn't there yet. */
  private static final Pattern ASKS =
      Pattern.compile("(\\./wadi (query|verify|dead-letters (list|show))|curl -s |head |find ).*");

  private static final String STEPS_GO_BEFORE = "                - idempotentConsumer:\n";

  private final ShellSession shell;

  Walkthrough(ShellSession shell) {
    this.shell = shell;
  }

  /** Does all of a page but what the reader of a built checkout has done before. */
  void go(Path file) throws IOException {
    MarkdownPage page = MarkdownPage.read(file);
    List<Block> blocks =
        page.blocks().stream().filter(block -> !block.text().startsWith("git clone ")).toList();
    for (int n = 0; n < blocks.size(); n++) {
      Block block = blocks.get(n);
      Block next = n + 1 < blocks.size() ? blocks.get(n + 1) : null;
      switch (block.language()) {
        case "sh" ->
            type(page, block, next != null && next.language().equals("text") ? next : null);
        case "yaml" -> insert(block);
        case "text" -> assertThat(n).as(page.at(block.line()) + " answers something").isPositive();
        case "", "csv" -> {} // what this machine has no program for
        default -> throw new AssertionError(page.at(block.line()) + ": who does this?");
      }
    }
  }

  private void type(MarkdownPage page, Block block, Block answer) throws IOException {
    if (answer == null || !block.text().lines().allMatch(line -> ASKS.matcher(line).matches())) {
      ShellSession.Answer came = shell.type(block.text());
      assertThat(came.status())
          .as("%s:\n%s\n%s", page.at(block.line()), came.output(), shell.errors())
          .isZero();
      if (answer != null) {
        compare(page, answer, came.output());
      }
      return;
    }
    await()
        .atMost(PATIENCE)
        .pollInSameThread()
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() -> compare(page, answer, shell.type(block.text()).output()));
  }

  private void compare(MarkdownPage page, Block answer, String output) {
    assertThat(output)
        .as("%s, with\n%s", page.at(answer.line()), shell.errors())
        .matches(shown(answer.text()));
  }

  /** What is shown, where dots stand for anything and columns are as wide as what is in them. */
  static Pattern shown(String text) {
    StringBuilder pattern = new StringBuilder();
    for (String word :
        text.strip().split("(?<=\\.\\.\\.)|(?=\\.\\.\\.)|(?<=\\s)(?=\\S)|(?<=\\S)(?=\\s)")) {
      if (word.equals("...")) {
        pattern.append("(?s:.*)");
      } else if (word.isBlank()) {
        pattern.append(word.contains("\n") ? "\\s*\n\\s*" : "\\s+");
      } else if (word.matches("-+[-+]+")) {
        pattern.append("[-+]+");
      } else {
        pattern.append(Pattern.quote(word));
      }
    }
    return Pattern.compile(pattern.toString());
  }

  /** Steps for an event's route go where the page says. */
  private void insert(Block block) throws IOException {
    Path route = shell.folder().resolve("my-routes/31-event.camel.yaml");
    String own = Files.readString(route);
    assertThat(own).contains(STEPS_GO_BEFORE);
    Files.writeString(route, own.replace(STEPS_GO_BEFORE, block.text() + STEPS_GO_BEFORE));
  }
}
