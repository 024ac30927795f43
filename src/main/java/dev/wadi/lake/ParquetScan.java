package dev.wadi.lake;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The SQL that reads some files of one table as one. */
final class ParquetScan {

  /** The column that tells the file of a row; no event's column begins with an underscore. */
  static final String FILE = "_wadi_file";

  private ParquetScan() {}

  /**
   * A table function over these files. A column that only some of them have is null in the others;
   * one that is BIGINT here and DOUBLE there is DOUBLE.
   *
   * @param files at least one
   */
  static String of(List<Path> files) {
    return scan(files, "union_by_name = true");
  }

  /**
   * The same for whom knows already which columns there are: the files' footers are then not read
   * each time that a statement is prepared.
   *
   * @param columns the type of every column, by name
   */
  static String of(List<Path> files, Map<String, String> columns) {
    return scan(
        files,
        columns.entrySet().stream()
            .map(
                column ->
                    "%1$s: {name: %1$s, type: %2$s, default_value: NULL}"
                        .formatted(quoted(column.getKey()), quoted(column.getValue())))
            .collect(Collectors.joining(", ", "schema = MAP {", "}")));
  }

  private static String scan(List<Path> files, String columns) {
    return files.stream()
        .map(file -> quoted(file.toString()))
        .collect(
            Collectors.joining(
                ", ",
                "read_parquet([",
                // the paths' event_type is not asked: DuckDB reads one that is called
                // __HIVE_DEFAULT_PARTITION__ as null; the files have the true one
                "], hive_partitioning = false, filename = '" + FILE + "', " + columns + ")"));
  }

  static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
