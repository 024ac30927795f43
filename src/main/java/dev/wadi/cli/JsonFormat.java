package dev.wadi.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wadi.lake.Cell;
import java.io.IOException;
import java.io.Writer;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** JSON lines: one object per row. A second column of a name is called {@code name_1}. */
final class JsonFormat implements RowFormat {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public void write(ResultSet rows, Writer out) throws SQLException, IOException {
    List<String> names = names(rows.getMetaData());
    try (JsonGenerator json = JSON.getFactory().createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
      json.setPrettyPrinter(new MinimalPrettyPrinter(""));
      while (rows.next()) {
        json.writeStartObject();
        for (int i = 0; i < names.size(); i++) {
          json.writeFieldName(names.get(i));
          JSON.writeValue(json, Cell.of(rows, i + 1));
        }
        json.writeEndObject();
        json.writeRaw('\n');
      }
    }
  }

  private static List<String> names(ResultSetMetaData columns) throws SQLException {
    List<String> names = new ArrayList<>();
    Set<String> used = new HashSet<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      String name = columns.getColumnLabel(i);
      for (int n = 1; !used.add(name); n++) {
        name = columns.getColumnLabel(i) + "_" + n;
      }
      names.add(name);
    }
    return names;
  }
}
