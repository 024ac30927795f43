package dev.wadi.scan;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The SQL that reads some files of one table as one, whatever their formats. What folders say
 * ({@code event_type=...}) is not asked, since the files have the true values.
 */
public final class FileScan {

  /** The column that tells the file of a row; no event's column begins with an underscore. */
  public static final String FILE = "_wadi_file";

  private FileScan() {}

  /**
   * A table expression over these files, with the columns that are asked for and {@link #FILE}. A
   * column that a file doesn't have is null there.
   *
   * @param files at least one
   * @param columns the SQL type of each, by name
   * @throws SQLException if the header of a CSV file can't be read
   */
  public static String of(List<Path> files, Map<String, String> columns) throws SQLException {
    Map<FileKind, List<Path>> kinds = new TreeMap<>();
    for (Path file : files) {
      kinds.computeIfAbsent(FileKind.of(file), kind -> new ArrayList<>()).add(file);
    }
    if (parquet(files).size() == files.size()) {
      return ParquetScan.of(files, columns);
    }
    List<String> parts = new ArrayList<>();
    for (Map.Entry<FileKind, List<Path>> kind : kinds.entrySet()) {
      List<Path> same = kind.getValue();
      String compression = kind.getKey().compression();
      switch (kind.getKey().format()) {
        case PARQUET -> parts.add(select(columns, ParquetScan.of(same, columns)));
        case JSONL -> parts.add(select(columns, JsonLinesScan.of(same, compression, columns)));
        case CSV -> parts.addAll(CsvScan.selects(same, compression, columns));
      }
    }
    return parts.stream().collect(Collectors.joining(" UNION ALL ", "(", ")"));
  }

  /** Those of the files that are Parquet, which say themselves what columns they have. */
  public static List<Path> parquet(List<Path> files) {
    return files.stream()
        .filter(file -> FileKind.of(file).format() == FileKind.Format.PARQUET)
        .toList();
  }

  /** A table function over Parquet files that has all columns of them; see {@link #parquet}. */
  public static String ofParquet(List<Path> files) {
    return ParquetScan.of(files);
  }

  /** A text as SQL has it. */
  public static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** A name as SQL has it. */
  static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** The paths as a list of SQL. */
  static String list(List<Path> files) {
    return files.stream()
        .map(file -> quoted(file.toString()))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** Names and types as a struct of SQL. */
  static String struct(Map<String, String> columns) {
    return columns.entrySet().stream()
        .map(column -> quoted(column.getKey()) + ": " + quoted(column.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String select(Map<String, String> columns, String from) {
    return columns.keySet().stream()
        .map(FileScan::identifier)
        .collect(Collectors.joining(", ", "SELECT ", ", " + FILE + " FROM " + from));
  }
}
