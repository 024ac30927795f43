package dev.wadi.cli;

import dev.wadi.ReadLake;
import dev.wadi.event.SetupException;
import dev.wadi.lake.SqlMessage;
import dev.wadi.lake.Verification;
import dev.wadi.lake.VerifyReport;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wadi verify}: recounts the lake. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Recounts the lake: that every event received is accounted for, and landed once.",
      "Names what is not so. May run while events land."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:all is well", "1:it is not, or the lake can't be read", "2:wrong usage"})
public final class VerifyCommand implements Callable<Integer> {

  @Mixin private SettingsOptions options;

  @Mixin private DataOption data;

  @Option(
      names = "--checksums",
      description = "Also read every file wholly and compare its SHA-256.")
  private boolean checksums;

  @Option(names = "--json", description = "Write the report as one JSON object.")
  private boolean json;

  private final StandardOutput out;

  /** Writes to standard output. */
  public VerifyCommand() {
    this(StandardOutput.ofProcess());
  }

  VerifyCommand(StandardOutput out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    VerifyReport report;
    try (ReadLake lake = ReadLake.open(options.load(), data.folder())) {
      report = new Verification(lake.objects(), checksums).run();
    }
    try {
      out.write(
          writer -> writer.write(json ? VerifyText.json(report) : VerifyText.forPeople(report)));
    } catch (SQLException e) {
      throw new SetupException("SQL: " + SqlMessage.of(e), e);
    }
    return report.ok() ? 0 : 1;
  }
}
