package dev.wadi.land;

import dev.wadi.event.ColumnType;
import dev.wadi.event.TransientException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The versions of the lake's payload columns, one object for each time that columns were added, put
 * once: so the same path has the same name and type in every file, whoever writes it.
 */
public final class SchemaLog {

  private static final String FOLDER = "_wadi/schema/";

  private final LakeStore store;
  private final Schema schema;
  private int version;

  public SchemaLog(LakeStore store, Schema schema) {
    this.store = store;
    this.schema = schema;
  }

  /** What a version adds. */
  record Version(List<Schema.LakeColumn> columns) {

    Version {
      columns = List.copyOf(columns);
    }
  }

  /** The types that the lake's payload columns have by now, by name. */
  public static Map<String, ColumnType> types(LakeStore store) {
    Map<String, ColumnType> types = new HashMap<>();
    for (String key : versions(store)) {
      parse(store, key).columns().forEach(column -> types.put(column.name(), column.type()));
    }
    return types;
  }

  /** The keys of the versions that there are. */
  static List<String> versions(LakeStore store) {
    return store.keys(FOLDER, null);
  }

  /** Brings the schema up to the lake's last version. */
  public void load() {
    for (String key : store.keys(FOLDER, version == 0 ? null : key(version))) {
      read(key);
      version++;
    }
  }

  /**
   * Saves what is new, before a file that has it is published.
   *
   * @throws TransientException if another process has added a version meanwhile: the schema has it
   *     now, and the batches must be flattened again
   */
  void save() {
    List<Schema.LakeColumn> unsaved = schema.unsaved();
    if (unsaved.isEmpty()) {
      return;
    }
    String key = key(version + 1);
    Version added = new Version(unsaved);
    boolean first = store.putIfAbsent(key, LakeJson.write(added));
    // a version that is ours already is the answer to a put whose first answer was lost
    if (!first && !parse(store, key).equals(added)) {
      load();
      throw new TransientException("another process has added columns to the lake: " + key, null);
    }
    version++;
    schema.saved(unsaved);
  }

  private void read(String key) {
    schema.load(parse(store, key).columns());
  }

  private static Version parse(LakeStore store, String key) {
    byte[] bytes =
        store
            .get(key)
            .orElseThrow(
                () -> new TransientException("the lake lists " + key + " but lacks it", null));
    return LakeJson.read(key, bytes, Version.class);
  }

  private static String key(int version) {
    return FOLDER + String.format("%08d", version) + ".json";
  }
}
