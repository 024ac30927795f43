package dev.wadi.cli;

import dev.wadi.ingest.Ingestion;
import dev.wadi.land.Manifest;
import dev.wadi.ops.Summary;
import dev.wadi.ops.Terminal;
import dev.wadi.ops.Totals;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what an ingest has landed, and shows how far it is: as a bar on a terminal, else as lines
 * of the log.
 */
final class IngestProgress implements Ingestion.Landed, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(IngestProgress.class);
  private static final int WIDTH = 30;

  private final PrintStream terminal = Terminal.isStandardError() ? System.err : null;
  private final long began = System.nanoTime();
  private long totalBytes = -1;
  private long doneBytes;
  private long received;
  private long landed;
  private long duplicates;
  private long conflicts;
  private long rejected;
  private long files;

  /**
   * @param bytes the size of all files on disk, or -1
   */
  void start(long bytes) {
    totalBytes = bytes;
    draw();
  }

  @Override
  public void landed(Manifest manifest, long diskBytes, Duration took) {
    Manifest.SourceCount count = manifest.sources().get(Ingestion.SOURCE);
    received += count.received();
    landed += count.landed();
    duplicates += count.duplicates();
    conflicts += count.conflicts();
    rejected += count.rejected();
    files += manifest.files().size();
    doneBytes += diskBytes;
    if (terminal == null) {
      LOG.info(
          "committed commit={} received={} landed={} files={} took_ms={} done_percent={}",
          manifest.commit(),
          count.received(),
          count.landed(),
          manifest.files().size(),
          took.toMillis(),
          totalBytes > 0 ? 100 * doneBytes / totalBytes : "unknown");
    }
    draw();
  }

  Summary summary() {
    return new Summary(
        new Totals(received, 0, landed, duplicates, conflicts, rejected, 0, 0, 0),
        files,
        Duration.ofNanos(System.nanoTime() - began));
  }

  @Override
  public void close() {
    if (terminal != null) {
      terminal.println();
    }
  }

  private void draw() {
    if (terminal == null) {
      return;
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    double rate = received / Math.max(seconds, 1e-3);
    String counts = String.format(Locale.ROOT, "%,d events, %,.0f/s", received, rate);
    if (totalBytes <= 0) {
      terminal.print("\r\033[K" + counts);
    } else {
      double share = Math.min(1, (double) doneBytes / totalBytes);
      int filled = (int) (share * WIDTH);
      String left = doneBytes == 0 ? "" : ", " + duration(seconds / share - seconds) + " left";
      terminal.printf(
          Locale.ROOT,
          "\r\033[K[%s%s] %3.0f %%  %s%s",
          "=".repeat(filled),
          " ".repeat(WIDTH - filled),
          share * 100,
          counts,
          left);
    }
    terminal.flush();
  }

  private static String duration(double seconds) {
    long whole = Math.round(seconds);
    return whole < 3600
        ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
  }
}
