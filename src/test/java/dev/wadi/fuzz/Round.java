package dev.wadi.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.Ingest;
import dev.wadi.intake.file.Format;
import dev.wadi.intake.file.Input;
import dev.wadi.lake.LakeFolder;
import dev.wadi.lake.Verification;
import dev.wadi.lake.VerifyReport;
import dev.wadi.lake.VerifyReport.Terms;
import dev.wadi.ops.Metrics;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import dev.wadi.shape.Shapes;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Inputs of one shape, led into one lake by the steps of the live routes and into another by an
 * ingest, file after file. What became of every single input is looked up in both.
 */
final class Round implements AutoCloseable {

  /** What an ingest keeps of a record that is larger than events may be. */
  private static final int KEPT = 64 << 10;

  private final Settings settings;
  private final Path folder;
  private final Iterator<byte[]> inputs;
  private final LivePath live;
  private final RowAgreement agreement;
  private final Map<String, Long> outcomes = new TreeMap<>();
  private int files;
  private long received;

  Round(String shape, long seed, Path folder) {
    this.folder = folder;
    this.inputs = new Inputs(shape, seed);
    this.settings =
        Settings.load(
            "local",
            Map.of(
                Setting.DECODE_SHAPE.property(),
                shape,
                Setting.DECODE_MAX_STRING_LENGTH.property(),
                "256KB",
                // or it would fill all the time, as it should
                Setting.DEDUPLICATE_CACHE_KEYS.property(),
                "10000",
                Setting.LAND_PARTITION.property(),
                "event_type"),
            null);
    this.live = new LivePath(settings, folder.resolve("live"));
    this.agreement =
        new RowAgreement(
            new Shapes(null, Map.of()).named(shape),
            LivePath.limits(settings),
            settings.count(Setting.FLATTEN_MAX_COLUMNS),
            settings.count(Setting.FLATTEN_MAX_DEPTH),
            new Metrics(new SimpleMeterRegistry(), Clock.systemUTC()));
  }

  /** How many inputs had which outcome; those that were rejected by reason. */
  Map<String, Long> outcomes() {
    return outcomes;
  }

  /** Leads some more inputs both ways, and looks for each of them. */
  void run(int count, int commitSize) throws Exception {
    Path path = folder.resolve("inputs-" + files++ + ".jsonl");
    try (InputFile file = InputFile.write(path, inputs, count)) {
      for (long offset : file.offsets()) {
        agreement.check(file.at(offset));
      }
      live.land(file, commitSize);
      ingest(path);
      received += count;
      compare(file);
    }
    Files.delete(path);
  }

  /** That both lakes keep the law, by their manifests and rows. */
  void verify() {
    VerifyReport byLive = verify("live");
    VerifyReport byFile = verify("file");
    Terms terms = byLive.sources().get("file");
    assertThat(terms).isEqualTo(byFile.sources().get("file"));
    assertThat(terms.received()).isEqualTo(received);
    assertThat(terms.landed() + terms.duplicates() + terms.conflicts() + terms.rejected())
        .isEqualTo(received);
    assertThat(byLive.deadLetters()).isEqualTo(byFile.deadLetters());
    assertThat(byLive.deadLetters().archived()).isEqualTo(terms.rejected());
    // declining everything would pass too; with time it declines new names, of which here are many
    assertThat(agreement.taken()).isGreaterThan(agreement.events() / 20);
  }

  private VerifyReport verify(String data) {
    VerifyReport report = new Verification(LakeFolder.of(folder.resolve(data)), false).run();
    assertThat(report.findings()).isEmpty();
    return report;
  }

  private void ingest(Path path) throws InterruptedException {
    try (Ingest ingest =
        new Ingest(
            settings,
            folder.resolve("file"),
            null,
            List.of(Input.file(path.toString())),
            Format.JSON_LINES)) {
      ingest.run((manifest, diskBytes, took) -> {});
    }
  }

  private void compare(InputFile file) throws IOException, SQLException {
    try (LandedRows byLive = new LandedRows(folder.resolve("live"), file.name());
        LandedRows byFile = new LandedRows(folder.resolve("file"), file.name())) {
      for (long offset : file.offsets()) {
        byte[] input = file.at(offset);
        compare(offset, input, byLive.next(), byFile.next());
      }
      assertThat(byLive.next()).isNull();
      assertThat(byFile.next()).isNull();
    }
  }

  private void compare(long offset, byte[] input, LandedRows.Row live, LandedRows.Row file) {
    if (live == null || file == null || live.offset() != offset || file.offset() != offset) {
      fail(offset, input, live, file);
    }
    boolean tooLarge = input.length > settings.number(Setting.DECODE_MAX_EVENT_SIZE);
    byte[] kept = tooLarge ? Arrays.copyOf(input, KEPT) : input;
    boolean agree =
        tooLarge
            ? "too_large".equals(file.reason()) && "too_large".equals(live.reason())
            : live.isLike(file);
    if (!agree || !Arrays.equals(live.bytes(), input) || !Arrays.equals(file.bytes(), kept)) {
      fail(offset, input, live, file);
    }
    if (live.reason() != null) {
      List<String> letter = live.values();
      assertThat(letter.get(0)).matches("[0-9a-f]{32}");
      assertThat(letter.get(1)).as("reason").matches("[a-z_0-9]+");
      assertThat(letter.get(2)).as("stage").isEqualTo("decode");
      assertThat(letter.get(5)).as("message").isNotBlank();
    }
    String outcome = live.outcome() + (live.reason() == null ? "" : " " + live.reason());
    outcomes.merge(outcome, 1L, Long::sum);
  }

  private static void fail(long offset, byte[] input, LandedRows.Row live, LandedRows.Row file) {
    int shown = Math.min(input.length, 4_000);
    throw new AssertionError(
        "input at %d of %d bytes:%n%s%nlive: %s%nfile: %s"
            .formatted(
                offset, input.length, HexFormat.of().formatHex(input, 0, shown), live, file));
  }

  @Override
  public void close() {
    live.close();
  }
}
