package dev.wadi.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wadi.Ledgers;
import dev.wadi.deduplicate.LedgerStatus;
import dev.wadi.ops.Settings;
import dev.wadi.ops.Terminal;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wadi ledger}: the index of what has landed. */
@Command(
    name = "ledger",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the index of what has landed, by which copies are known: how many keys it has, in how",
      "many files, and the last commit it knows. May be asked while events land."
    },
    synopsisSubcommandLabel = "[rebuild]")
public final class LedgerCommand implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger(LedgerCommand.class);
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  @Spec private CommandSpec spec;

  private final StandardOutput out;
  private final PrintStream terminal = Terminal.isStandardError() ? System.err : null;

  /** Writes to standard output. */
  public LedgerCommand() {
    this(StandardOutput.ofProcess());
  }

  LedgerCommand(StandardOutput out) {
    this.out = out;
  }

  @Mixin private DataOption data;

  @Option(names = "--json", description = "Write it as one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws SQLException {
    Settings settings = Settings.load("local", Map.of(), null);
    write(new Ledgers(settings, data.folder(), Clock.systemUTC()).status(), json);
    return 0;
  }

  @Command(
      name = "rebuild",
      mixinStandardHelpOptions = true,
      description = {
        "Makes the index anew from the lake, beside the one there is, which stays until that is done.",
        "Killed, it changes nothing: start it again."
      })
  int rebuild(
      @Mixin SettingsOptions options,
      @Mixin DataOption of,
      @Option(
              names = "--alone",
              description = {
                "From now on one process writes to a lake whose writers have shared a table.",
                "Stop them first: those that go on end with an error."
              })
          boolean alone,
      @Option(names = "--json", description = "End with the state as one JSON object.")
          boolean asJson)
      throws SQLException {
    Settings settings = options.load();
    Ledgers ledgers = new Ledgers(settings, of.folder(), Clock.systemUTC());
    Duration between = terminal == null ? BETWEEN_LINES : BETWEEN_LOOKS;
    try {
      if (alone) {
        ledgers.takeOver(between, this::show);
      } else {
        ledgers.rebuild(between, this::show);
      }
    } finally {
      if (terminal != null) {
        terminal.print("\r\033[K");
        terminal.flush();
      }
    }
    write(ledgers.status(), asJson);
    return 0;
  }

  private void show(String name, long keys, int done, int missing) {
    if (terminal == null) {
      LOG.info("{}: {} of {} commits read, {} keys", name, done, missing, keys);
    } else {
      terminal.printf(
          Locale.ROOT, "\r\033[K%s: %,d of %,d commits read, %,d keys", name, done, missing, keys);
      terminal.flush();
    }
  }

  private void write(Map<String, LedgerStatus> status, boolean asJson) throws SQLException {
    out.write(writer -> writer.write(asJson ? json(status) : text(status)));
  }

  private static String text(Map<String, LedgerStatus> status) {
    StringBuilder text = new StringBuilder();
    status.forEach(
        (name, of) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "%-10s  %,d keys in %,d files of %,d bytes, up to %s%n",
                    name,
                    of.keys(),
                    of.segments(),
                    of.bytes(),
                    of.lastCommit() == null ? "no commit" : "commit " + of.lastCommit())));
    return text.toString();
  }

  private static String json(Map<String, LedgerStatus> status) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    status.forEach(
        (name, of) ->
            root.putObject(name)
                .put("keys", of.keys())
                .put("files", of.segments())
                .put("bytes", of.bytes())
                .put("last_commit", of.lastCommit()));
    return root + System.lineSeparator();
  }
}
