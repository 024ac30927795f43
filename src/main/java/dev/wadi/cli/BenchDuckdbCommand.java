package dev.wadi.cli;

import dev.wadi.bench.BareDuckdb;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wadi bench-duckdb}: what {@link BenchCommand} holds the ingest against. */
@Command(
    name = "bench-duckdb",
    hidden = true,
    mixinStandardHelpOptions = true,
    description = "DuckDB's bare run over a file of simulated events, for wadi bench.")
public final class BenchDuckdbCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "FILE", description = "Simulated events as JSON lines.")
  private Path file;

  @Parameters(index = "1", paramLabel = "DIR", description = "Where to write Parquet files.")
  private Path out;

  @Option(names = "--memory", paramLabel = "SIZE", description = "DuckDB's limit, such as 1GB.")
  private String memory;

  @Override
  public Integer call() {
    System.err.println(BareDuckdb.run(file, out, memory).line());
    return 0;
  }
}
