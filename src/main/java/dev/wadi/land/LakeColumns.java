package dev.wadi.land;

import dev.wadi.event.ColumnType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns that files of a table may have, for formats that don't say it themselves. The lake's
 * schema names every column of a file before the file's commit stands. For one thread.
 */
public final class LakeColumns {

  private final LakeStore store;
  private List<String> versions = List.of();
  private Map<String, ColumnType> payload = Map.of();

  public LakeColumns(LakeStore store) {
    this.store = store;
  }

  /**
   * The types by name, in the files' order. To be asked after the commit's marker was read.
   *
   * @throws dev.wadi.event.TransientException if the store doesn't answer
   */
  public Map<String, ColumnType> of(String table) {
    if (table.equals("dead_letters")) {
      return CoreColumns.OF_DEAD_LETTERS;
    }
    Map<String, ColumnType> columns = new LinkedHashMap<>(CoreColumns.TYPES);
    if (table.equals(Tables.CONFLICTS)) {
      columns.put("landed_payload_hash", ColumnType.TEXT);
    } else if (table.equals(Tables.EVENTS)) {
      columns.putAll(payload());
    }
    columns.put(CoreColumns.DOC, ColumnType.TEXT);
    return columns;
  }

  private Map<String, ColumnType> payload() {
    List<String> now = SchemaLog.versions(store);
    if (!now.equals(versions)) {
      payload = SchemaLog.types(store);
      versions = now;
    }
    return payload;
  }
}
