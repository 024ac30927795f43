package dev.wadi.cli;

import dev.wadi.ReplayTarget;
import dev.wadi.deadletter.ReplayMessage;
import dev.wadi.deadletter.ReplaySender;
import dev.wadi.event.SetupException;
import dev.wadi.lake.LakeFolder;
import dev.wadi.lake.SqlMessage;
import dev.wadi.lake.Tables;
import dev.wadi.ops.Settings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wadi dead-letters replay}: gives dead letters a second chance. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Sends the original bytes of archived dead letters to the queue of events again, for a running",
      "Wadi to take. May be repeated: an event lands once, and what is rejected again stays the same",
      "dead letter. What has a replay behind it that landed is left out, unless it is named by its id.",
      "`dead-letters list` shows what became of each."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:all that were chosen were sent, or would be",
      "1:failed, or none is chosen; whatever was sent may be sent again",
      "2:wrong usage"
    })
final class ReplayCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "ID",
      arity = "0..*",
      description = "Ids of dead letters, or the first digits of them.")
  private List<String> ids = new ArrayList<>();

  @Mixin private LetterFilter filter;

  @Option(names = "--all", description = "All of them.")
  private boolean all;

  @Option(names = "--dry-run", description = "Only list what would be sent.")
  private boolean dryRun;

  @Mixin private DataOption data;

  @Mixin private SettingsOptions options;

  private final StandardOutput out;

  /** Writes to standard output. */
  ReplayCommand() {
    this(StandardOutput.ofProcess());
  }

  ReplayCommand(StandardOutput out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    if (ids.isEmpty() && filter.isEmpty() && !all) {
      throw new ParameterException(
          spec.commandLine(),
          "say which: an ID, --reason, --source, --since, --until, --state or --all");
    }
    Settings settings = options.load();
    try (ReplayTarget target = new ReplayTarget(settings, data.folder())) {
      LakeFolder lake = target.lake();
      List<String> chosen = new ArrayList<>();
      for (String id : ids) {
        chosen.add(idOf(lake, id));
      }
      String where = condition(chosen);
      if (dryRun) {
        return list(lake, where);
      }
      if (count(lake, where) == 0) {
        throw new SetupException(
            "no dead letter is chosen: `wadi dead-letters list` shows which there are; those whose"
                + " replay has landed are chosen by their ID or --state alone");
      }
      long sent = send(lake, where, target);
      spec.commandLine()
          .getErr()
          .println(
              sent
                  + " dead letters sent; `wadi dead-letters list` shows what becomes of them, once it"
                  + " is committed");
      return 0;
    } catch (SQLException e) {
      throw new SetupException("SQL: " + SqlMessage.of(e), e);
    }
  }

  private String condition(List<String> chosen) {
    StringBuilder where = new StringBuilder(filter.condition());
    if (!chosen.isEmpty()) {
      // they are ids of the lake's own, not what somebody typed
      where.append(" AND dead_letter_id IN ('").append(String.join("', '", chosen)).append("')");
    } else if (!filter.hasState()) {
      where
          .append(" AND state IN ('")
          .append(String.join("', '", LetterStates.UNDONE))
          .append("')");
    }
    return where.toString();
  }

  private static String idOf(LakeFolder lake, String digits) throws SQLException {
    String sql =
        "SELECT DISTINCT dead_letter_id FROM dead_letters WHERE starts_with(dead_letter_id, ?)"
            + " LIMIT 2";
    try (Tables tables = Tables.open(lake, sql);
        ResultSet rows = tables.query(digits)) {
      if (!rows.next()) {
        throw new SetupException(
            "no dead letter '"
                + digits
                + "' is archived: `wadi dead-letters list` shows which are. Nothing was sent");
      }
      String id = rows.getString(1);
      if (rows.next()) {
        throw new SetupException(
            "several dead letters begin with '" + digits + "': give more digits. Nothing was sent");
      }
      return id;
    }
  }

  private int list(LakeFolder lake, String where) throws SQLException {
    String sql =
        "SELECT dead_letter_id, first_seen, source, position, reason, state FROM "
            + LetterStates.DEAD_LETTERS
            + " WHERE "
            + where
            + " ORDER BY first_seen, dead_letter_id";
    try (Tables tables = Tables.open(lake, sql);
        ResultSet rows = tables.query(filter.parameters())) {
      out.write(writer -> OutputFormat.TABLE.rows().write(rows, writer));
    }
    return 0;
  }

  private long count(LakeFolder lake, String where) throws SQLException {
    String sql = "SELECT count(*) FROM " + LetterStates.DEAD_LETTERS + " WHERE " + where;
    try (Tables tables = Tables.open(lake, sql);
        ResultSet rows = tables.query(filter.parameters())) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private long send(LakeFolder lake, String where, ReplayTarget target) throws SQLException {
    ReplaySender sender = target.sender();
    String sql =
        "SELECT dead_letter_id, source, position, reason, bytes_base64, bytes_object FROM "
            + LetterStates.DEAD_LETTERS
            + " WHERE "
            + where
            + " ORDER BY first_seen, dead_letter_id";
    try (Tables tables = Tables.open(lake, sql);
        ResultSet rows = tables.query(filter.parameters())) {
      while (rows.next()) {
        sender.send(message(rows, target));
      }
    }
    sender.flush();
    return sender.sent();
  }

  private static ReplayMessage message(ResultSet row, ReplayTarget target) throws SQLException {
    ReplayMessage.Letter letter =
        new ReplayMessage.Letter(
            row.getString(1), row.getString(2), row.getString(3), row.getString(4));
    String base64 = row.getString(5);
    return base64 == null
        ? ReplayMessage.of(letter, row.getString(6))
        : ReplayMessage.of(
            letter,
            Base64.getDecoder().decode(base64),
            ReplayTarget.MAX_MESSAGE_BYTES,
            (key, bytes) -> target.bytes().put(key, bytes));
  }
}
