package dev.wadi.land;

import dev.wadi.land.format.Field;
import dev.wadi.land.format.Rows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of a commit in the making: one for each partition, and another when it is large enough.
 * Not thread-safe.
 */
final class PartitionFiles {

  /**
   * A file that is to be written.
   *
   * @param folder with a slash at its end
   */
  record PartitionFile(String table, String folder, Rows rows) {}

  private final FileLimits limits;
  private final Map<String, PartitionFile> open = new HashMap<>();
  private final List<PartitionFile> all = new ArrayList<>();

  PartitionFiles(FileLimits limits) {
    this.limits = limits;
  }

  /**
   * The rows that the next row of a partition belongs to.
   *
   * @param first the columns in front; counts for a new file, as does the next
   * @param last the columns at the end
   */
  Rows rows(String table, String folder, List<Field> first, List<Field> last) {
    PartitionFile file = open.get(folder);
    if (file == null || limits.reachedBy(file.rows().count(), file.rows().bytes())) {
      file = new PartitionFile(table, folder, new Rows(first, last));
      open.put(folder, file);
      all.add(file);
    }
    return file.rows();
  }

  /** All files, in the order in which they were begun. */
  List<PartitionFile> all() {
    return List.copyOf(all);
  }
}
