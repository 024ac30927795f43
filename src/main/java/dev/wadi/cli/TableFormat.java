package dev.wadi.cli;

import dev.wadi.lake.Cell;
import java.io.IOException;
import java.io.Writer;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A table for people: aligned columns, numbers to the right, {@code NULL} for null. The first rows
 * give the widths. A long value is cut, and the line below the table says so.
 */
final class TableFormat implements RowFormat {

  private static final int ROWS_MEASURED = 1000;
  private static final int WIDEST = 60;
  private static final Set<String> NUMBERS =
      Set.of(
          "TINYINT",
          "SMALLINT",
          "INTEGER",
          "BIGINT",
          "HUGEINT",
          "UTINYINT",
          "USMALLINT",
          "UINTEGER",
          "UBIGINT",
          "UHUGEINT",
          "FLOAT",
          "DOUBLE");

  @Override
  public void write(ResultSet rows, Writer out) throws SQLException, IOException {
    ResultSetMetaData meta = rows.getMetaData();
    int columns = meta.getColumnCount();
    String[] header = new String[columns];
    boolean[] right = new boolean[columns];
    for (int i = 0; i < columns; i++) {
      header[i] = Printable.line(meta.getColumnLabel(i + 1));
      String type = meta.getColumnTypeName(i + 1);
      right[i] = NUMBERS.contains(type) || type.startsWith("DECIMAL");
    }
    // a plan is a picture of many lines, not a table
    boolean picture = Arrays.equals(header, new String[] {"explain_key", "explain_value"});
    new Run(rows, out, header, right, picture).write();
  }

  /** One table on its way out. */
  private static final class Run {
    private final ResultSet rows;
    private final Writer out;
    private final String[] header;
    private final boolean[] right;
    private final boolean picture;
    private final int[] widths;
    private long count;
    private boolean cut;

    Run(ResultSet rows, Writer out, String[] header, boolean[] right, boolean picture) {
      this.rows = rows;
      this.out = out;
      this.header = header;
      this.right = right;
      this.picture = picture;
      this.widths = Arrays.stream(header).mapToInt(Run::width).toArray();
    }

    void write() throws SQLException, IOException {
      if (picture) {
        while (rows.next()) {
          out.write(rows.getString(2));
        }
        return;
      }
      List<String[]> measured = new ArrayList<>();
      while (measured.size() < ROWS_MEASURED && rows.next()) {
        String[] row = row();
        measured.add(row);
        for (int i = 0; i < row.length; i++) {
          widths[i] = Math.max(widths[i], width(row[i]));
        }
      }
      head();
      for (String[] row : measured) {
        line(row);
      }
      while (rows.next()) {
        line(row());
      }
      out.write(
          String.format(
              Locale.ROOT,
              "(%,d %s%s)\n",
              count,
              count == 1 ? "row" : "rows",
              cut ? "; long values are cut, --format json has them whole" : ""));
    }

    private String[] row() throws SQLException {
      String[] row = new String[header.length];
      for (int i = 0; i < row.length; i++) {
        Object value = Cell.of(rows, i + 1);
        row[i] = value == null ? "NULL" : cut(Printable.line(Cell.text(value)));
      }
      count++;
      return row;
    }

    private String cut(String text) {
      if (width(text) <= WIDEST) {
        return text;
      }
      cut = true;
      return text.substring(0, text.offsetByCodePoints(0, WIDEST - 3)) + "...";
    }

    private void head() throws IOException {
      line(header);
      for (int i = 0; i < widths.length; i++) {
        out.write((i == 0 ? "" : "+") + "-".repeat(widths[i] + 2));
      }
      out.write('\n');
    }

    private void line(String[] row) throws IOException {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.length; i++) {
        String space = " ".repeat(Math.max(0, widths[i] - width(row[i])));
        line.append(i == 0 ? " " : " | ");
        line.append(right[i] ? space + row[i] : row[i] + space);
      }
      out.write(line.toString().stripTrailing());
      out.write('\n');
    }

    private static int width(String text) {
      return text.codePointCount(0, text.length());
    }
  }
}
