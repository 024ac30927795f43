package dev.wadi.cli;

import dev.wadi.ops.GeneratedPage;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** docs/commands.md is what the commands say of themselves. */
@Tag("unit")
class CommandsPageTest {

  private static final String HEAD =
      """
      # Commands

      What `--help` says of each. Made from the code (`dev.wadi.cli`); a test holds it true. To write \
      it anew: `./mvnw test -Dtest=CommandsPageTest -Dwadi.docs.update=true`.

      `./wadi` builds what has to be built and runs `java -jar target/wadi.jar` with the same words; \
      `WADI_JAVA_OPTS` has options for its JVM. Results go to standard output, all else to standard \
      error. Every command exits with 0 (done), 1 (failed, or what was asked for doesn't hold; one \
      line says why) or 2 (called wrongly).
      """;

  @Test
  void commandsPageIsWhatTheCommandsSay() throws IOException {
    StringBuilder page = new StringBuilder(HEAD);
    add(page, WadiCommand.commandLine());
    GeneratedPage.check("commands.md", page.toString());
  }

  private static void add(StringBuilder page, CommandLine command) {
    for (Map.Entry<String, CommandLine> entry : command.getSubcommands().entrySet()) {
      CommandLine sub = entry.getValue();
      if (!sub.getCommandSpec().usageMessage().hidden()) {
        page.append("\n## ").append(sub.getCommandSpec().qualifiedName()).append("\n\n```text\n");
        page.append(sub.getUsageMessage(Ansi.OFF).stripTrailing().replaceAll(" +\n", "\n"));
        page.append("\n```\n");
        add(page, sub);
      }
    }
  }
}
