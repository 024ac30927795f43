package dev.wadi.lake;

import dev.wadi.scan.FileScan;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The SQL that tells the date of a row. Where all folders name it, it is taken from the path alone,
 * so that DuckDB opens only the files of the dates that a query asks for.
 */
final class RowDate {

  private static final String YEAR_MONTH_DAY = "/year=([0-9]{4})/month=([0-9]{2})/day=([0-9]{2})/";

  private RowDate() {}

  static String of(LakeTable table, List<Path> files) {
    String folder = "/" + table.dateColumn() + "=([0-9]{4}-[0-9]{2}-[0-9]{2})/";
    if (all(files, folder)) {
      return "regexp_extract(%s, '%s', 1)::DATE".formatted(FileScan.FILE, folder);
    }
    if (all(files, YEAR_MONTH_DAY)) {
      return "regexp_replace(regexp_extract(%1$s, '%2$s'), '%2$s', '\\1-\\2-\\3')::DATE"
          .formatted(FileScan.FILE, YEAR_MONTH_DAY);
    }
    // the rows of the other tables are always in folders by date
    return table == LakeTable.EVENTS
        ? "event_time::DATE"
        : "try_cast(regexp_extract(%s, '%s', 1) AS DATE)".formatted(FileScan.FILE, folder);
  }

  private static boolean all(List<Path> files, String folder) {
    Pattern pattern = Pattern.compile(folder);
    return files.stream().allMatch(file -> pattern.matcher(file.toString()).find());
  }
}
