package dev.wadi.scan;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The statements that read CSV files, one for the files of each header. The headers are read here:
 * DuckDB would guess at them and keep 32 MB for each file meanwhile.
 */
final class CsvScan {

  /** Null is nothing, and {@code ""} an empty text; a line may have 24 MB. */
  private static final String DIALECT =
      "auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"',"
          + " nullstr = '', allow_quoted_nulls = false,"
          + " max_line_size = 25165824, buffer_size = 33554432,"
          + " hive_partitioning = false, filename = '"
          + FileScan.FILE
          + "'";

  private CsvScan() {}

  /**
   * Selects of these columns.
   *
   * @param compression of all files
   * @param columns the type of every column, by name: nothing is guessed
   * @throws SQLException if a header can't be read
   */
  static List<String> selects(List<Path> files, String compression, Map<String, String> columns)
      throws SQLException {
    Map<List<String>, List<Path>> byHeader = new LinkedHashMap<>();
    for (Path file : files) {
      byHeader.computeIfAbsent(header(file, compression), header -> new ArrayList<>()).add(file);
    }
    List<String> selects = new ArrayList<>();
    byHeader.forEach((header, same) -> selects.add(select(header, same, compression, columns)));
    return selects;
  }

  private static String select(
      List<String> header, List<Path> files, String compression, Map<String, String> columns) {
    Map<String, String> inFiles = new LinkedHashMap<>();
    header.forEach(name -> inFiles.put(name, columns.getOrDefault(name, "VARCHAR")));
    StringBuilder select = new StringBuilder("SELECT ");
    columns.forEach(
        (name, type) ->
            select
                .append(inFiles.containsKey(name) ? "" : "NULL::" + type + " AS ")
                .append(FileScan.identifier(name))
                .append(", "));
    String from =
        "read_csv(%s, compression = '%s', columns = %s, %s)"
            .formatted(FileScan.list(files), compression, FileScan.struct(inFiles), DIALECT);
    return select.append(FileScan.FILE).append(" FROM ").append(from).toString();
  }

  private static List<String> header(Path file, String compression) throws SQLException {
    try (Reader text = new InputStreamReader(open(file, compression), StandardCharsets.UTF_8);
        CSVParser csv = CSVFormat.RFC4180.parse(text)) {
      Iterator<CSVRecord> records = csv.iterator();
      if (!records.hasNext()) {
        throw new IOException("it has no header");
      }
      return records.next().toList();
    } catch (IOException | UncheckedIOException e) {
      throw new SQLException("the header of " + file + " can't be read: " + e.getMessage(), e);
    }
  }

  private static InputStream open(Path file, String compression) throws IOException {
    InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
    try {
      return switch (compression) {
        case "zstd" -> new ZstdInputStream(bytes);
        case "gzip" -> new GZIPInputStream(bytes);
        default -> bytes;
      };
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }
}
