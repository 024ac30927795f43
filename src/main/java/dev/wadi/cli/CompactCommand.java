package dev.wadi.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wadi.Compactor;
import dev.wadi.event.SetupException;
import dev.wadi.land.compact.CompactionReport;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wadi compact}: joins the lake's small files. */
@Command(
    name = "compact",
    mixinStandardHelpOptions = true,
    description = {
      "Joins the small files of each partition into large ones. May run beside wadi run, wadi ingest",
      "and queries, and may be killed. Run again, it finds nothing to do until more has landed."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:all is joined that was to be",
      "1:failed, or a partition could not be joined and is left as it is",
      "2:wrong usage"
    })
public final class CompactCommand implements Callable<Integer> {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Spec private CommandSpec spec;

  @Mixin private SettingsOptions options;

  @Mixin private DataOption data;

  @Option(
      names = "--target-size",
      paramLabel = "SIZE",
      description = "Join files up to about this size (default: 128MB).")
  private String targetSize;

  @Option(
      names = "--min-files",
      paramLabel = "N",
      description = "Leave a partition with fewer small files as it is (default: 2).")
  private String minFiles;

  @Option(
      names = "--keep",
      paramLabel = "T",
      description = "How long replaced files stay for queries that read them (default: 1h).")
  private String keep;

  @Option(names = "--json", description = "End with a report as one JSON object.")
  private boolean json;

  private final StandardOutput out;

  /** Writes to standard output. */
  public CompactCommand() {
    this(StandardOutput.ofProcess());
  }

  CompactCommand(StandardOutput out) {
    this.out = out;
  }

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = options.load(overrides());
    if (options.profile().equals("local") && !Files.isDirectory(data.folder())) {
      throw new SetupException(
          "there is no data folder '" + data.folder() + "': name another with --data");
    }
    long began = System.nanoTime();
    CompactionReport report =
        new Compactor(settings, data.folder(), Clock.systemUTC()).run(() -> false);
    double seconds = (System.nanoTime() - began) / 1e9;
    PrintWriter err = spec.commandLine().getErr();
    if (json) {
      write(json(report, seconds));
    } else {
      err.println(text(report, seconds));
    }
    report.failures().forEach(failure -> err.println("wadi: not joined: " + failure));
    return report.ok() ? 0 : 1;
  }

  private Map<String, String> overrides() {
    return new Overrides(spec)
        .with(Setting.COMPACT_TARGET_SIZE, "--target-size", targetSize)
        .with(Setting.COMPACT_MIN_FILES, "--min-files", minFiles)
        .with(Setting.COMPACT_KEEP, "--keep", keep)
        .map();
  }

  private void write(String line) {
    try {
      out.write(writer -> writer.write(line + "\n"));
    } catch (SQLException e) {
      throw new IllegalStateException("nothing is asked of a database here", e);
    }
  }

  private static String text(CompactionReport report, double seconds) {
    return String.format(
            Locale.ROOT,
            "joined %,d files of %,d partitions into %,d: %,d rows, %,d bytes into %,d, in %.1f s;"
                + " deleted %,d replaced files",
            report.filesBefore(),
            report.partitions(),
            report.filesAfter(),
            report.rows(),
            report.bytesBefore(),
            report.bytesAfter(),
            seconds,
            report.filesDeleted())
        + (report.filesLeft() == 0
            ? ""
            : String.format(
                Locale.ROOT, "; left %,d of formats that can't be joined", report.filesLeft()));
  }

  private static String json(CompactionReport report, double seconds) {
    ObjectNode node = JSON.createObjectNode();
    node.put("commits", report.commits());
    node.put("partitions", report.partitions());
    node.put("files_before", report.filesBefore());
    node.put("files_after", report.filesAfter());
    node.put("rows", report.rows());
    node.put("bytes_before", report.bytesBefore());
    node.put("bytes_after", report.bytesAfter());
    node.put("files_deleted", report.filesDeleted());
    node.put("files_left", report.filesLeft());
    report.failures().forEach(node.putArray("failures")::add);
    node.put("seconds", Math.round(seconds * 1000) / 1000.0);
    return node.toString();
  }
}
