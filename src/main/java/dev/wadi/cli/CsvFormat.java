package dev.wadi.cli;

import dev.wadi.lake.Cell;
import java.io.IOException;
import java.io.Writer;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;

/**
 * RFC 4180, with a header. Lines end with a line feed alone, as line tools want it; null is an
 * empty field and an empty text is {@code ""}.
 */
final class CsvFormat implements RowFormat {

  @Override
  public void write(ResultSet rows, Writer out) throws SQLException, IOException {
    ResultSetMetaData columns = rows.getMetaData();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      field(columns.getColumnLabel(i), i, out);
    }
    out.write('\n');
    while (rows.next()) {
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        Object value = Cell.of(rows, i);
        field(value == null ? null : Cell.text(value), i, out);
      }
      out.write('\n');
    }
  }

  private static void field(String text, int column, Writer out) throws IOException {
    if (column > 1) {
      out.write(',');
    }
    if (text == null) {
      return;
    }
    if (text.isEmpty()
        || text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')) {
      out.write('"' + text.replace("\"", "\"\"") + '"');
    } else {
      out.write(text);
    }
  }
}
