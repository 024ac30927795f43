package dev.wadi.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a run has left in its folder.
 *
 * @param files of Parquet
 * @param bytes of all files, Wadi's markers included
 * @param docBytes how much of it is the column {@code _doc}, as compressed
 */
public record Written(int files, long bytes, long docBytes) {

  static Written in(Path folder) throws IOException, SQLException {
    List<Path> all;
    try (Stream<Path> tree = Files.walk(folder)) {
      all = tree.filter(Files::isRegularFile).toList();
    }
    long bytes = 0;
    int parquet = 0;
    for (Path file : all) {
      bytes += Files.size(file);
      parquet += file.toString().endsWith(".parquet") ? 1 : 0;
    }
    return new Written(parquet, bytes, parquet == 0 ? 0 : docBytes(folder));
  }

  private static long docBytes(Path folder) throws SQLException {
    String files = folder.toString().replace("'", "''") + "/**/*.parquet";
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet sum =
            statement.executeQuery(
                "SELECT sum(total_compressed_size)::BIGINT FROM parquet_metadata('"
                    + files
                    + "') WHERE path_in_schema = '_doc'")) {
      sum.next();
      return sum.getLong(1);
    }
  }
}
