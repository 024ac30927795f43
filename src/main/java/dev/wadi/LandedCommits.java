package dev.wadi;

import dev.wadi.land.Manifest;
import dev.wadi.ops.Metrics;
import dev.wadi.ops.RecentCommits;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells metrics, page and log of every commit. */
final class LandedCommits {

  private static final Logger LOG = LoggerFactory.getLogger(LandedCommits.class);

  private final Metrics metrics;
  private final RecentCommits commits;

  LandedCommits(Metrics metrics, RecentCommits commits) {
    this.metrics = metrics;
    this.commits = commits;
  }

  /** Counts what a commit accounts for, by source, and notes it. */
  void landed(Manifest manifest, Duration took) {
    manifest
        .sources()
        .forEach(
            (source, count) -> {
              metrics.count(Metrics.Term.LANDED, source, count.landed());
              metrics.count(Metrics.Term.DUPLICATES, source, count.duplicates());
              // received, and then found to be accounted for by an earlier commit
              metrics.count(Metrics.Term.RETURNED, source, count.redelivered());
              metrics.count(Metrics.Term.REDELIVERED, source, count.redelivered());
              metrics.count(Metrics.Term.CONFLICTS, source, count.conflicts());
              metrics.count(Metrics.Term.REJECTED, source, count.rejected());
              metrics.count(Metrics.Term.FILTERED, source, count.filtered());
            });
    metrics.took("commit", took);
    manifest
        .files()
        .forEach(file -> metrics.size("wadi.file.bytes", "table", file.table(), file.bytes()));
    long rows = manifest.files().stream().mapToLong(Manifest.LandedFile::rows).sum();
    long bytes = manifest.files().stream().mapToLong(Manifest.LandedFile::bytes).sum();
    commits.committed(
        new RecentCommits.Commit(
            manifest.commit(),
            Instant.parse(manifest.committedAt()),
            rows,
            manifest.files().size(),
            bytes,
            took));
    LOG.info(
        "committed commit={} rows={} files={} bytes={} took_ms={}",
        manifest.commit(),
        rows,
        manifest.files().size(),
        bytes,
        took.toMillis());
  }
}
