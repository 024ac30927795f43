package dev.wadi.cli;

import dev.wadi.Ingest;
import dev.wadi.bench.SelfReport;
import dev.wadi.event.SetupException;
import dev.wadi.intake.file.Format;
import dev.wadi.intake.file.Input;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import dev.wadi.ops.StageTimes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wadi ingest}: lands files, and ends. */
@Command(
    name = "ingest",
    mixinStandardHelpOptions = true,
    description = {
      "Lands the events of files: JSON lines, JSON arrays or CSV with a header, plain or compressed",
      "with gzip or zstd. Killed, it goes on where its last commit ended when it is run again; run",
      "again after it has ended, every event is a duplicate."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every record is accounted for; rejected ones are dead letters",
      "1:failed: what is committed stands, run it again to go on",
      "2:wrong usage"
    })
public final class IngestCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "The files, in order; - is standard input.")
  private List<String> files;

  @Mixin private SettingsOptions options;

  @Mixin private DataOption data;

  @Mixin private ShapeOptions shaping;

  @Option(
      names = "--input-format",
      paramLabel = "jsonl|json|csv",
      description = "The format of the files; without it each one's content tells.")
  private String inputFormat;

  @Option(
      names = "--format",
      paramLabel = "parquet|jsonl|csv",
      description = "The format of the files that are written (default: parquet).")
  private String format;

  @Option(names = "--json", description = "End with a summary as one JSON object.")
  private boolean json;

  @Option(
      names = "--stages",
      hidden = true,
      description = "End with what each stage has taken, on standard error; for wadi bench.")
  private boolean stages;

  @Override
  public Integer call() throws InterruptedException {
    SelfReport.Work work = SelfReport.Work.begin();
    Settings settings = options.load(overrides());
    Format forced = inputFormat == null ? null : Format.parse(inputFormat);
    StageTimes times = stages ? StageTimes.on() : StageTimes.OFF;
    IngestProgress progress = new IngestProgress();
    try (Ingest ingest =
        new Ingest(
            settings,
            data.folder(),
            shaping.shapes(),
            files.stream().map(IngestCommand::input).toList(),
            forced,
            times)) {
      progress.start(ingest.totalBytes());
      ingest.run(progress);
    } catch (OutOfMemoryError e) {
      throw new SetupException(
          "there is not enough memory for a commit: lower wadi.ingest.max-bytes, or give Java more"
              + " by -Xmx, and run it again, which goes on from the last commit",
          e);
    } finally {
      progress.close();
    }
    if (stages) {
      System.err.println(work.end(progress.summary().totals().taken(), times.taken()).line());
    }
    if (json) {
      System.out.println(progress.summary().json());
    } else {
      System.err.println(progress.summary().text());
    }
    System.out.flush();
    return 0;
  }

  private static Input input(String name) {
    return name.equals(Input.STANDARD_INPUT) ? Input.standardInput(System.in) : Input.file(name);
  }

  private Map<String, String> overrides() {
    return new Overrides(spec)
        .with(Setting.DECODE_SHAPE, ShapeOptions.SHAPE, shaping.shape())
        .with(Setting.LAND_FORMAT, "--format", format)
        .map();
  }
}
