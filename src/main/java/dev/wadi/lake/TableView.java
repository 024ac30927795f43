package dev.wadi.lake;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The SQL view of a table: all rows and columns of its files, and the date of their partition. */
final class TableView {

  private TableView() {}

  /** Makes or replaces the view. */
  static void make(Engine engine, LakeTable table, List<Path> files) throws SQLException {
    String select = files.isEmpty() ? empty(table) : over(engine, table, files);
    engine.execute("CREATE OR REPLACE VIEW " + table.sqlName() + " AS " + select);
  }

  private static String empty(LakeTable table) {
    return Arrays.stream(table.columns().split(", *"))
        .map(column -> column.split(" "))
        .map(column -> "NULL::" + column[1] + " AS " + column[0])
        .collect(
            Collectors.joining(
                ", ", "SELECT ", ", NULL::DATE AS " + table.dateColumn() + " WHERE false"));
  }

  private static String over(Engine engine, LakeTable table, List<Path> files) throws SQLException {
    // from the path, so that DuckDB opens only the files of the dates that a query asks for
    return "SELECT * EXCLUDE (%2$s), regexp_extract(%2$s, '/%1$s=([0-9-]{10})/', 1)::DATE AS %1$s"
            .formatted(table.dateColumn(), ParquetScan.FILE)
        + " FROM "
        + ParquetScan.of(files, columns(engine, files));
  }

  private static Map<String, String> columns(Engine engine, List<Path> files) throws SQLException {
    Map<String, String> columns = new LinkedHashMap<>();
    try (Statement statement = engine.connection().createStatement();
        ResultSet rows = statement.executeQuery("DESCRIBE FROM " + ParquetScan.of(files))) {
      while (rows.next()) {
        columns.put(rows.getString("column_name"), rows.getString("column_type"));
      }
    }
    columns.remove(ParquetScan.FILE);
    return columns;
  }
}
