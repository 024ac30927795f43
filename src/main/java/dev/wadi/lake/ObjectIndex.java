package dev.wadi.lake;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.duckdb.DuckDBAppender;

/** Brings the objects that lie in the lake onto the workbench. */
final class ObjectIndex {

  /** The object store writes {@code <key>-<uuid>} and renames it; a killed put leaves it behind. */
  private static final Pattern UNFINISHED =
      Pattern.compile(".*-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final DuckDBAppender objects;
  private long unfinished;

  private ObjectIndex(DuckDBAppender objects) {
    this.objects = objects;
  }

  /**
   * Lists the folders of the tables, and that of dead letters' bytes.
   *
   * @return how many unfinished uploads there are, which are no objects
   */
  static long load(LakeObjects lake, Workbench bench) throws SQLException {
    List<String> folders =
        new ArrayList<>(
            Arrays.stream(LakeTable.values()).flatMap(table -> table.folders().stream()).toList());
    folders.add("dead_letters_bytes");
    try (DuckDBAppender objects = bench.append("objects")) {
      ObjectIndex index = new ObjectIndex(objects);
      for (String folder : folders) {
        lake.list(folder + "/", index::add);
      }
      return index.unfinished;
    }
  }

  private void add(String key, long bytes) {
    if (UNFINISHED.matcher(key).matches()) {
      unfinished++;
      return;
    }
    try {
      objects.beginRow().append(key).append(bytes).endRow();
    } catch (SQLException e) {
      throw new IllegalStateException("a table in memory can't be filled", e);
    }
  }
}
