package dev.wadi.scan;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The table function that reads Parquet files. */
final class ParquetScan {

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
                        .formatted(
                            FileScan.quoted(column.getKey()), FileScan.quoted(column.getValue())))
            .collect(Collectors.joining(", ", "schema = MAP {", "}")));
  }

  private static String scan(List<Path> files, String columns) {
    // hive_partitioning: DuckDB reads an event_type that is called __HIVE_DEFAULT_PARTITION__ as
    // null
    return "read_parquet(%s, hive_partitioning = false, filename = '%s', %s)"
        .formatted(FileScan.list(files), FileScan.FILE, columns);
  }
}
