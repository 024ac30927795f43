package dev.wadi.bench;

import dev.wadi.event.ColumnType;
import dev.wadi.land.format.FileFormat;
import dev.wadi.land.format.FormatChoice;
import dev.wadi.land.format.Rows;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How fast each format writes, in one thread, and how large its files are: {@code FormatBenchmark
 * <rounds> <folder of Parquet files>}. The rows of the files are read first, and then written in
 * each format, fsync and hash included. Prints the last round of each: rows for each second of the
 * thread's CPU time, and bytes of an event against those of its original JSON.
 */
public final class FormatBenchmark {

  private static final List<String> CHOICES =
      List.of(
          "parquet zstd",
          "parquet snappy",
          "parquet gzip",
          "parquet none",
          "jsonl zstd",
          "jsonl gzip",
          "jsonl none",
          "csv zstd",
          "csv gzip",
          "csv none");

  private FormatBenchmark() {}

  /** Writes the files as often as told, with the documents and without. */
  public static void main(String[] args) throws Exception {
    int rounds = Integer.parseInt(args[0]);
    Path target = Files.createTempDirectory("wadi-formats");
    for (boolean documents : new boolean[] {true, false}) {
      long[] original = {0};
      List<Rows> files = new ArrayList<>();
      for (Path file : parquet(Path.of(args[1]))) {
        files.add(read(file, documents, original));
      }
      System.out.printf(
          "%,d rows in %d files, %s _doc%n",
          files.stream().mapToInt(Rows::count).sum(), files.size(), documents ? "with" : "without");
      for (String choice : CHOICES) {
        String[] words = choice.split(" ");
        try (FileFormat format = FormatChoice.of(words[0], words[1]).open()) {
          measure(choice, format, files, rounds, original[0], target);
        }
      }
    }
    Files.delete(target);
  }

  private static void measure(
      String name, FileFormat format, List<Rows> files, int rounds, long original, Path target)
      throws IOException {
    double seconds = 0;
    long bytes = 0;
    long rows = 0;
    for (int round = 0; round < rounds; round++) {
      long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      bytes = 0;
      rows = 0;
      for (Rows file : files) {
        Path written = target.resolve("file");
        bytes += format.write(file, written).bytes();
        rows += file.count();
        Files.delete(written);
      }
      seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began) / 1e9;
    }
    System.out.printf(
        "%-15s %,6.0f k rows a CPU second, %4d bytes a row, %5.2f : 1 against the JSON%n",
        name, rows / 1e3 / seconds, bytes / rows, (double) original / bytes);
  }

  private static List<Path> parquet(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
    }
  }

  private static Rows read(Path file, boolean documents, long[] original) throws SQLException {
    Rows rows = new Rows(List.of(), List.of());
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "FROM read_parquet('" + file + "', hive_partitioning = false)")) {
      while (result.next()) {
        for (int n = 1; n <= result.getMetaData().getColumnCount(); n++) {
          String name = result.getMetaData().getColumnName(n);
          Object value = result.getObject(n);
          if (name.equals("_doc")) {
            original[0] += ((String) value).getBytes(StandardCharsets.UTF_8).length + 1;
          }
          if (value != null && (documents || !name.equals("_doc"))) {
            Object plain = value instanceof OffsetDateTime at ? at.toInstant() : value;
            rows.set(name, ColumnType.of(plain), plain);
          }
        }
        rows.endRow();
      }
    }
    return rows;
  }
}
