package dev.wadi.lake;

import java.nio.file.Path;
import java.util.List;
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
    return files.stream()
        .map(file -> quoted(file.toString()))
        .collect(
            Collectors.joining(
                ", ",
                "read_parquet([",
                // the paths' event_type is not asked: DuckDB reads one that is called
                // __HIVE_DEFAULT_PARTITION__ as null; the files have the true one
                "], union_by_name = true, hive_partitioning = false, filename = '" + FILE + "')"));
  }

  /**
   * All rows and columns of a table, with the date of its partition.
   *
   * @param files possibly none
   */
  static String view(LakeTable table, List<Path> files) {
    if (files.isEmpty()) {
      String nulls =
          List.of(table.columns().split(", *")).stream()
              .map(column -> column.split(" "))
              .map(column -> "NULL::" + column[1] + " AS " + column[0])
              .collect(Collectors.joining(", "));
      return "SELECT " + nulls + ", NULL::DATE AS " + table.dateColumn() + " WHERE false";
    }
    // from the path, so that DuckDB opens only the files of the dates that a query asks for
    return "SELECT * EXCLUDE (%2$s), regexp_extract(%2$s, '/%1$s=([0-9-]{10})/', 1)::DATE AS %1$s"
            .formatted(table.dateColumn(), FILE)
        + " FROM "
        + of(files);
  }

  static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
