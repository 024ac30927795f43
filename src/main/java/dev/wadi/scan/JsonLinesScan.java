package dev.wadi.scan;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The table function that reads JSON lines. */
final class JsonLinesScan {

  private JsonLinesScan() {}

  /**
   * A table function over these files.
   *
   * @param compression of all of them; DuckDB would tell it by the paths, but takes what follows a
   *     question mark for no part of them
   * @param columns the type of every column, by name: nothing is guessed
   */
  static String of(List<Path> files, String compression, Map<String, String> columns) {
    return "read_json(%s, format = 'newline_delimited', compression = '%s', columns = %s, filename = '%s', hive_partitioning = false)"
        .formatted(FileScan.list(files), compression, FileScan.struct(columns), FileScan.FILE);
  }
}
