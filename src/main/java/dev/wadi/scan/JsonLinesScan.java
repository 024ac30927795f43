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
   * @param columns the type of every column, by name: nothing is guessed
   */
  static String of(List<Path> files, Map<String, String> columns) {
    return "read_json(%s, format = 'newline_delimited', columns = %s, filename = '%s', hive_partitioning = false)"
        .formatted(FileScan.list(files), FileScan.struct(columns), FileScan.FILE);
  }
}
