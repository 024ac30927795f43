package dev.wadi.land.format;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads files back, with an engine that is not the writer's. */
final class Read {

  private Read() {}

  /** The rows of a file, in its order; timestamps as microseconds. */
  static List<Map<String, Object>> rows(Path file) {
    return query("SELECT * FROM " + parquet(file));
  }

  /** Column names and types, in the file's order. */
  static Map<String, Object> schema(Path file) {
    Map<String, Object> schema = new LinkedHashMap<>();
    query("DESCRIBE SELECT * FROM " + parquet(file))
        .forEach(row -> schema.put((String) row.get("column_name"), row.get("column_type")));
    return schema;
  }

  static String parquet(Path file) {
    return "read_parquet('" + file.toString().replace("'", "''") + "')";
  }

  static List<Map<String, Object>> query(String sql) {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone='UTC'");
      ResultSet result = statement.executeQuery(sql);
      List<Map<String, Object>> rows = new ArrayList<>();
      while (result.next()) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
          row.put(result.getMetaData().getColumnName(column), result.getObject(column));
        }
        rows.add(row);
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }
}
