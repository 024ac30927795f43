package dev.wadi.cli;

import dev.wadi.ReadLake;
import dev.wadi.event.SetupException;
import dev.wadi.lake.LakeCopy;
import dev.wadi.lake.SqlMessage;
import dev.wadi.lake.Tables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wadi query}: SQL over the lake's tables. */
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    description = {
      "Answers SQL over the tables events, duplicates, conflicts and dead_letters.",
      "Reads whole commits only, and may run while events land. Read-only.",
      "From a bucket, the files of the tables that are asked for are copied first, to",
      "the system's temporary folder."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:done, or the reader has had enough", "1:failed", "2:wrong usage"},
    footerHeading = "Examples:%n",
    footer = {
      "  wadi query \"SELECT event_type, count(*) FROM events GROUP BY 1\"",
      "  wadi query \"DESCRIBE events\"",
      "  wadi query --format json \"FROM dead_letters\""
    })
public final class QueryCommand implements Callable<Integer> {

  @Mixin private SettingsOptions options;

  @Mixin private DataOption data;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      converter = OutputFormat.Converter.class,
      description =
          "table; csv (RFC 4180, with a header); json (JSON lines, one object per row)"
              + " (default: ${DEFAULT-VALUE}).")
  private OutputFormat format;

  @Parameters(paramLabel = "SQL", description = "One statement of DuckDB's SQL, in quotes.")
  private String sql;

  private final StandardOutput out;

  /** Writes to standard output. */
  public QueryCommand() {
    this(StandardOutput.ofProcess());
  }

  QueryCommand(StandardOutput out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    try (ReadLake lake = ReadLake.open(options.load(), data.folder());
        LakeCopy copy = LakeCopy.of(lake.objects(), sql);
        Tables tables = Tables.open(copy.folder(), sql);
        ResultSet rows = tables.query()) {
      out.write(writer -> format.rows().write(rows, writer));
      return 0;
    } catch (SQLException e) {
      throw new SetupException("SQL: " + SqlMessage.of(e), e);
    }
  }
}
