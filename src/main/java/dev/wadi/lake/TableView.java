package dev.wadi.lake;

import dev.wadi.scan.FileScan;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The SQL view of a table: all rows and columns of its files, and the date of each row. */
final class TableView {

  private static final String DOC = "_doc";

  private TableView() {}

  /** Makes or replaces the view. */
  static void make(Engine engine, LakeFolder lake, LakeTable table, List<Path> files)
      throws SQLException {
    String select = files.isEmpty() ? empty(table) : over(engine, lake, table, files);
    engine.execute("CREATE OR REPLACE VIEW " + table.sqlName() + " AS " + select);
  }

  private static String empty(LakeTable table) {
    return table.columnTypes().entrySet().stream()
        .map(column -> "NULL::" + column.getValue() + " AS " + column.getKey())
        .collect(
            Collectors.joining(
                ", ", "SELECT ", ", NULL::DATE AS " + table.dateColumn() + " WHERE false"));
  }

  private static String over(Engine engine, LakeFolder lake, LakeTable table, List<Path> files)
      throws SQLException {
    return "SELECT * EXCLUDE (%s), %s AS %s FROM %s"
        .formatted(
            FileScan.FILE,
            RowDate.of(table, files),
            table.dateColumn(),
            FileScan.of(files, columns(engine, lake, table, files)));
  }

  /** What the files have: Parquet says it itself, and for the other formats the lake's schema. */
  private static Map<String, String> columns(
      Engine engine, LakeFolder lake, LakeTable table, List<Path> files) throws SQLException {
    List<Path> parquet = FileScan.parquet(files);
    Map<String, String> columns = new LinkedHashMap<>();
    if (parquet.size() < files.size()) {
      columns.putAll(table.columnTypes());
    }
    if (!parquet.isEmpty()) {
      columns.putAll(described(engine, parquet));
    }
    if (parquet.size() < files.size() && table == LakeTable.EVENTS) {
      columns.putAll(PayloadColumns.read(lake));
      // the last one in every file
      columns.put(DOC, columns.remove(DOC));
    }
    return columns;
  }

  private static Map<String, String> described(Engine engine, List<Path> parquet)
      throws SQLException {
    Map<String, String> columns = new LinkedHashMap<>();
    try (Statement statement = engine.connection().createStatement();
        ResultSet rows = statement.executeQuery("DESCRIBE FROM " + FileScan.ofParquet(parquet))) {
      while (rows.next()) {
        columns.put(rows.getString("column_name"), rows.getString("column_type"));
      }
    }
    columns.remove(FileScan.FILE);
    return columns;
  }
}
