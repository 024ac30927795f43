package dev.wadi.cli;

import dev.wadi.event.SetupException;
import dev.wadi.lake.Cell;
import dev.wadi.lake.LakeFolder;
import dev.wadi.lake.SqlMessage;
import dev.wadi.lake.Tables;
import java.io.IOException;
import java.io.Writer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wadi dead-letters}: looks at what was rejected. */
@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    description =
        "Shows the records that were no events, the archived dead letters, and replays them.",
    subcommands = ReplayCommand.class,
    synopsisSubcommandLabel = "(list | show | replay)")
public final class DeadLettersCommand implements Callable<Integer> {

  /** Fits on a screen; the other formats have all columns but the bytes. */
  private static final String FOR_PEOPLE =
      "dead_letter_id, first_seen, state, source, reason, message";

  private static final String FOR_PROGRAMS =
      "dead_letter_id, first_seen, state, replayed, replayed_at, source, position, shape, attempts,"
          + " reason, rule, stage, message";

  @Spec private CommandSpec spec;

  private final StandardOutput out;

  /** Writes to standard output. */
  public DeadLettersCommand() {
    this(StandardOutput.ofProcess());
  }

  DeadLettersCommand(StandardOutput out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "say which: list, show ID or replay");
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists archived dead letters, the newest first.")
  int list(
      @Mixin DataOption data,
      @Mixin LetterFilter filter,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "20",
              description = "As many at most (default: ${DEFAULT-VALUE}).")
          int limit,
      @Option(
              names = "--format",
              paramLabel = "FORMAT",
              defaultValue = "table",
              converter = OutputFormat.Converter.class,
              description = "table, csv or json (JSON lines) (default: ${DEFAULT-VALUE}).")
          OutputFormat format) {
    if (limit < 1) {
      throw new ParameterException(
          spec.subcommands().get("list"), "--limit must be at least 1: " + limit);
    }
    String sql =
        "SELECT "
            + (format == OutputFormat.TABLE ? FOR_PEOPLE : FOR_PROGRAMS)
            + " FROM "
            + LetterStates.DEAD_LETTERS
            + " WHERE "
            + filter.condition()
            + " ORDER BY first_seen DESC, dead_letter_id LIMIT "
            + limit;
    return query(
        LakeFolder.of(data.folder()),
        sql,
        (rows, writer) -> format.rows().write(rows, writer),
        filter.parameters());
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows one archived dead letter with its original bytes.")
  int show(
      @Mixin DataOption data,
      @Parameters(paramLabel = "ID", description = "Its id, or the first digits of it.")
          String id) {
    LakeFolder lake = LakeFolder.of(data.folder());
    return query(
        lake,
        "SELECT * FROM "
            + LetterStates.DEAD_LETTERS
            + " WHERE starts_with(dead_letter_id, ?)"
            + " ORDER BY dead_letter_id LIMIT 2",
        (rows, writer) -> writer.write(describe(only(rows, id), lake)),
        id);
  }

  private int query(LakeFolder lake, String sql, Printing printing, Object... parameters) {
    try (Tables tables = Tables.open(lake, sql);
        ResultSet rows = tables.query(parameters)) {
      out.write(writer -> printing.print(rows, writer));
      return 0;
    } catch (SQLException e) {
      throw new SetupException("SQL: " + SqlMessage.of(e), e);
    }
  }

  private static Map<String, Object> only(ResultSet rows, String id) throws SQLException {
    if (!rows.next()) {
      throw new SetupException(
          "no dead letter '"
              + id
              + "' is archived: `wadi dead-letters list` shows which are; those still in the queue"
              + " are archived while `wadi run` runs");
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
      fields.put(rows.getMetaData().getColumnLabel(i), Cell.of(rows, i));
    }
    if (rows.next() && !rows.getString("dead_letter_id").equals(fields.get("dead_letter_id"))) {
      throw new SetupException("several dead letters begin with '" + id + "': give more digits");
    }
    return fields;
  }

  private static String describe(Map<String, Object> fields, LakeFolder lake) {
    Object base64 = fields.remove("bytes_base64");
    Object object = fields.get("bytes_object");
    byte[] bytes =
        base64 == null
            ? lake.read(String.valueOf(object))
            : Base64.getDecoder().decode(base64.toString());
    StringBuilder text = new StringBuilder();
    fields.forEach(
        (name, value) -> {
          if (value != null) {
            text.append(String.format("%-15s ", name)).append(Printable.line(Cell.text(value)));
            text.append('\n');
          }
        });
    return text + "\noriginal bytes (" + bytes.length + "):\n" + Printable.lines(bytes);
  }

  private interface Printing {
    void print(ResultSet rows, Writer writer) throws SQLException, IOException;
  }
}
