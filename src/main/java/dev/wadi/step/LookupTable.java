package dev.wadi.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wadi.event.SetupException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Rows of a CSV file by the value of one column. All values are text; an empty cell is none.
 * Immutable.
 */
final class LookupTable {

  private final Map<String, ObjectNode> rows = new HashMap<>();

  private LookupTable() {}

  /**
   * Reads a table.
   *
   * @param name the file's, for messages
   * @param column the column that rows are found by; null for the first
   * @throws SetupException if there is no such column, or two rows have the same value in it
   */
  static LookupTable read(String name, Reader csv, String column) {
    LookupTable table = new LookupTable();
    CSVFormat format =
        CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).setTrim(true).get();
    try (CSVParser parser = CSVParser.parse(csv, format)) {
      List<String> columns = parser.getHeaderNames();
      String by = column == null && !columns.isEmpty() ? columns.get(0) : column;
      if (by == null || !columns.contains(by)) {
        throw new SetupException(
            "%s has no column %s: name one of %s, which its first line has"
                .formatted(name, by, String.join(", ", columns)));
      }
      for (CSVRecord row : parser) {
        table.add(name, columns, by, row);
      }
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      throw new SetupException("can't read " + name + " as CSV: " + e.getMessage(), e);
    }
    return table;
  }

  /**
   * What the row of a value says in its other columns; null if there is none. Not to be changed.
   */
  ObjectNode find(JsonNode value) {
    return value.isValueNode() ? rows.get(value.asText()) : null;
  }

  private void add(String name, List<String> columns, String by, CSVRecord row) {
    if (!row.isConsistent()) {
      throw new SetupException(
          "%s: record %d has %d cells, and the first line %d: mend it"
              .formatted(name, row.getRecordNumber(), row.size(), columns.size()));
    }
    ObjectNode others = JsonNodeFactory.instance.objectNode();
    for (String column : columns) {
      if (!column.equals(by) && !row.get(column).isEmpty()) {
        others.put(column, row.get(column));
      }
    }
    if (rows.put(row.get(by), others) != null) {
      throw new SetupException(
          "%s has two rows with '%s' in the column %s: leave one".formatted(name, row.get(by), by));
    }
  }
}
