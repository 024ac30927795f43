package dev.wadi.lake;

import dev.wadi.event.ColumnType;
import dev.wadi.land.format.FileFormat;
import dev.wadi.land.format.FormatChoice;
import dev.wadi.land.format.Rows;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.List;

/** Writes what a query gives as landing writes it. */
final class LandedFile {

  private LandedFile() {}

  static void write(String select, FormatChoice choice, Path file) {
    Rows rows = new Rows(List.of(), List.of());
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = connection.createStatement()) {
      sql.execute("SET TimeZone = 'UTC'");
      ResultSet result = sql.executeQuery(select);
      while (result.next()) {
        for (int n = 1; n <= result.getMetaData().getColumnCount(); n++) {
          Object value = result.getObject(n);
          Object plain = value instanceof OffsetDateTime at ? at.toInstant() : value;
          if (plain != null) {
            rows.set(result.getMetaData().getColumnName(n), ColumnType.of(plain), plain);
          }
        }
        rows.endRow();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(select, e);
    }
    try (FileFormat format = choice.open()) {
      format.write(rows, file);
    }
  }
}
