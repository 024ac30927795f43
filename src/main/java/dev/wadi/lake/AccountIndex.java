package dev.wadi.lake;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;

/**
 * Brings the accounts of manifests onto the workbench: what was received, and what became of it.
 */
final class AccountIndex implements AutoCloseable {

  private final DuckDBAppender accounts;
  private final DuckDBAppender deliveries;
  private final DuckDBAppender parts;
  private final DuckDBAppender rejected;
  private final DuckDBAppender replays;

  AccountIndex(Workbench bench) throws SQLException {
    this.accounts = bench.append("accounts");
    this.deliveries = bench.append("deliveries");
    this.parts = bench.append("parts");
    this.rejected = bench.append("rejected");
    this.replays = bench.append("replays");
  }

  void add(Manifest manifest) throws SQLException {
    for (Map.Entry<String, Manifest.Counts> source : manifest.sources().entrySet()) {
      add(manifest.commit(), source.getKey(), source.getValue());
    }
    for (String deadLetter : manifest.deadLetters()) {
      rejected.beginRow().append(manifest.commit()).append(deadLetter).endRow();
    }
    for (Manifest.Range range : manifest.ranges()) {
      String line = range.file() + " in run " + range.run();
      String after = String.valueOf(range.from());
      add(manifest.commit(), "file", line, after, String.valueOf(range.to()));
    }
  }

  private void add(String commit, String source, Manifest.Counts counts) throws SQLException {
    accounts
        .beginRow()
        .append(commit)
        .append(source)
        .append(counts.received())
        .append(counts.landed())
        .append(counts.duplicates())
        .append(counts.conflicts())
        .append(counts.rejected())
        .append(counts.filtered())
        .append(counts.redelivered())
        .append(counts.filteredReasons().values().stream().mapToLong(Long::longValue).sum())
        .endRow();
    for (String delivery : counts.deliveries()) {
      deliveries.beginRow().append(commit).append(source).append(delivery).endRow();
    }
    for (Map.Entry<String, Map<String, Long>> letter : counts.replays().entrySet()) {
      for (Map.Entry<String, Long> outcome : letter.getValue().entrySet()) {
        replays
            .beginRow()
            .append(commit)
            .append(source)
            .append(letter.getKey())
            .append(outcome.getKey())
            .append(outcome.getValue())
            .endRow();
      }
    }
    for (Manifest.Part part : counts.parts()) {
      add(commit, source, part.line(), part.after(), part.to());
    }
  }

  private void add(String commit, String source, String line, String after, String to)
      throws SQLException {
    parts.beginRow().append(commit).append(source).append(line).append(after).append(to).endRow();
  }

  @Override
  public void close() throws SQLException {
    for (DuckDBAppender appender : List.of(accounts, deliveries, parts, rejected, replays)) {
      appender.close();
    }
  }
}
