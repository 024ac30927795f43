package dev.wadi.lake;

import dev.wadi.scan.FileScan;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Brings the rows' keys, hashes, commits and sources onto the workbench. A file that can't be read
 * is named, and keeps no other from being read.
 */
final class RowIndex {

  private static final String OWN =
      "f.file_no, split_part(r.source_position, ' ', 1),"
          + " CASE WHEN f.joined THEN o.commit_no ELSE f.commit_no END,"
          + " CASE WHEN f.joined THEN o.commit_no IS NOT NULL"
          + " ELSE r.commit_id IS NOT DISTINCT FROM f.commit_id END, "
          + number("event_key", 32, "UHUGEINT");

  private static final Map<LakeTable, String> COLUMNS = columns();

  private final Workbench bench;

  private RowIndex(Workbench bench) {
    this.bench = bench;
  }

  /** Reads every file that is there. */
  static void load(LakeObjects lake, Workbench bench) throws SQLException {
    RowIndex index = new RowIndex(bench);
    for (LakeTable table : LakeTable.values()) {
      List<FileChunks.Sized> files = new ArrayList<>();
      bench.each(
          ("SELECT object, any_value(o.bytes) FROM live JOIN objects o USING (object)"
                  + " WHERE tbl = '%s' GROUP BY 1 ORDER BY 1")
              .formatted(table.sqlName()),
          row -> files.add(new FileChunks.Sized(row.getString(1), row.getLong(2))));
      FileChunks.each(lake, files, keys -> index.read(lake, table, keys));
    }
  }

  private void read(LakeObjects lake, LakeTable table, List<String> keys) throws SQLException {
    try {
      bench.execute(insert(table, keys.stream().map(lake::file).toList()));
      bench.execute("INSERT INTO readable SELECT file_no FROM live WHERE object IN " + in(keys));
    } catch (SQLException e) {
      if (isAboutRoom(e)) {
        throw e;
      }
      if (keys.size() == 1) {
        String key = keys.get(0);
        String why = SqlMessage.of(e).replace(lake.file(key).toString(), key);
        bench.findings().add(Violation.FILE_UNREADABLE, key + ": " + why);
        return;
      }
      read(lake, table, keys.subList(0, keys.size() / 2));
      read(lake, table, keys.subList(keys.size() / 2, keys.size()));
    }
  }

  /** Whether this machine is at fault, and not a file. */
  private static boolean isAboutRoom(SQLException error) {
    String message = String.valueOf(error.getMessage());
    return message.startsWith("Out of Memory") || message.contains("No space left");
  }

  private static String insert(LakeTable table, List<Path> files) throws SQLException {
    return ("INSERT INTO rows_%s SELECT %s FROM %s r JOIN live f ON f.path = r.%s"
            + " LEFT JOIN origins o ON o.commit_id = f.commit_id AND o.origin = r.commit_id")
        .formatted(
            table.sqlName(),
            COLUMNS.get(table),
            FileScan.of(files, table.columnTypes()),
            FileScan.FILE);
  }

  private static String in(List<String> keys) {
    return "(" + String.join(", ", keys.stream().map(FileScan::quoted).toList()) + ")";
  }

  private static Map<LakeTable, String> columns() {
    String payload = ", " + number("payload_hash", 16, "UBIGINT");
    Map<LakeTable, String> columns = new EnumMap<>(LakeTable.class);
    columns.put(LakeTable.EVENTS, OWN + payload);
    columns.put(LakeTable.DUPLICATES, OWN + payload);
    columns.put(
        LakeTable.CONFLICTS, OWN + payload + ", " + number("landed_payload_hash", 16, "UBIGINT"));
    columns.put(
        LakeTable.DEAD_LETTERS,
        OWN + ", " + number("dead_letter_id", 32, "UHUGEINT") + ", r.bytes_object");
    return columns;
  }

  /** Hexadecimal digits as a number, which takes a third of the room; null if they are not. */
  private static String number(String column, int digits, String type) {
    return "CASE WHEN regexp_full_match(r.%1$s, '[0-9a-f]{%2$d}') THEN ('0x' || r.%1$s)::%3$s END"
        .formatted(column, digits, type);
  }
}
