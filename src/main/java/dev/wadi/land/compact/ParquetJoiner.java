package dev.wadi.land.compact;

import dev.wadi.event.ColumnType;
import dev.wadi.event.SetupException;
import dev.wadi.event.TransientException;
import dev.wadi.land.format.Compression;
import dev.wadi.land.format.Durable;
import dev.wadi.land.format.FileStats;
import dev.wadi.land.format.ParquetFormat;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins Parquet files by DuckDB, on one thread. The rows are sorted by time, which costs little and
 * lets a query skip what is not of its time; what doesn't fit into the memory lies in a temporary
 * folder meanwhile.
 */
public final class ParquetJoiner implements Joiner {

  private static final Logger LOG = LoggerFactory.getLogger(ParquetJoiner.class);
  private static final String DOC = "_doc";

  /** By what rows are sorted: the first of these that they have. */
  private static final List<String> TIMES = List.of("event_time", "first_seen");

  /** Uncompressed, about: a row group is in memory wholly while it is written. */
  private static final long ROW_GROUP_BYTES = 64L << 20;

  private static final long LARGEST_ROW_GROUP = 122_880;
  private static final long SMALLEST_ROW_GROUP = 2048;

  private final Map<String, ColumnType> types;
  private final Compression compression;
  private final long targetBytes;
  private final Connection connection;

  /**
   * Starts an engine of its own; closed by {@link #close}.
   *
   * @param types of the lake's payload columns, by name
   * @param compression of the new files
   * @param targetBytes the size up to which files are filled
   * @param memoryBytes what the engine may take, outside the heap
   * @param temporary a folder for what doesn't fit into that; made when it is needed
   */
  public ParquetJoiner(
      Map<String, ColumnType> types,
      Compression compression,
      long targetBytes,
      long memoryBytes,
      Path temporary) {
    this.types = types;
    this.compression = compression;
    this.targetBytes = targetBytes;
    try {
      connection = DriverManager.getConnection("jdbc:duckdb:");
      execute("SET threads = 1");
      execute("SET TimeZone = 'UTC'");
      // rows stay in order where they are sorted; where not, fewer of them need be in memory
      execute("SET preserve_insertion_order = false");
      execute("SET memory_limit = '" + memoryBytes + "B'");
      execute("SET temp_directory = " + quoted(temporary.toAbsolutePath().toString()));
    } catch (SQLException e) {
      throw new SetupException("can't start DuckDB, which joins Parquet: " + e.getMessage(), e);
    }
  }

  @Override
  public String extension() {
    return "parquet";
  }

  @Override
  public List<FileStats> join(List<Path> files, Path folder) throws UnjoinableException {
    try {
      String list =
          files.stream()
              .map(file -> quoted(file.toAbsolutePath().toString()))
              .collect(Collectors.joining(", ", "[", "]"));
      String scan = "read_parquet(" + list + ", union_by_name = true, hive_partitioning = false)";
      Map<String, String> columns = columns(scan);
      String select = "SELECT " + select(columns) + " FROM " + scan;
      try {
        return copy(select + orderBy(columns), rowGroupSize(list), folder);
      } catch (SQLException e) {
        if (!isOutOfMemory(e)) {
          throw e;
        }
        // such as for documents of megabytes: unsorted, fewer of them are in memory at a time
        LOG.debug("joins unsorted, since memory is short: {}", e.getMessage());
        empty(folder);
        return copy(select, SMALLEST_ROW_GROUP, folder);
      }
    } catch (SQLException e) {
      throw failed(folder, e);
    } catch (IOException e) {
      throw new TransientException("can't write " + folder + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB's memory can't be freed", e);
    }
  }

  /** The columns of all files with their types; of two numeric types it is the wider. */
  private Map<String, String> columns(String scan) throws SQLException {
    Map<String, String> columns = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("DESCRIBE FROM " + scan)) {
      while (rows.next()) {
        columns.put(rows.getString("column_name"), rows.getString("column_type"));
      }
    }
    // the first file's columns come first, and its last column must be the last of all
    String doc = columns.remove(DOC);
    if (doc != null) {
      columns.put(DOC, doc);
    }
    return columns;
  }

  private String select(Map<String, String> columns) {
    List<String> selected = new ArrayList<>();
    columns.forEach(
        (name, type) -> {
          String column = '"' + name.replace("\"", "\"\"") + '"';
          // none of these files need have the value for which the lake has widened the column
          boolean widened = types.get(name) == ColumnType.DOUBLE && type.equals("BIGINT");
          selected.add(widened ? column + "::DOUBLE AS " + column : column);
        });
    return String.join(", ", selected);
  }

  private static String orderBy(Map<String, String> columns) {
    return TIMES.stream()
        .filter(columns::containsKey)
        .findFirst()
        .map(column -> " ORDER BY " + column)
        .orElse("");
  }

  private long rowGroupSize(String files) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet sizes =
            statement.executeQuery(
                "SELECT (SELECT sum(total_uncompressed_size) FROM parquet_metadata(%1$s)),"
                        .formatted(files)
                    + " (SELECT sum(num_rows) FROM parquet_file_metadata(%1$s))"
                        .formatted(files))) {
      sizes.next();
      double rowBytes = Math.max(sizes.getDouble(1) / Math.max(sizes.getDouble(2), 1), 1);
      return Math.max(
          SMALLEST_ROW_GROUP, Math.min(LARGEST_ROW_GROUP, (long) (ROW_GROUP_BYTES / rowBytes)));
    }
  }

  private List<FileStats> copy(String select, long rowGroupSize, Path folder)
      throws SQLException, IOException {
    List<FileStats> written = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet files =
            statement.executeQuery(
                "COPY (%s) TO %s (%s,"
                        .formatted(
                            select,
                            quoted(folder.toAbsolutePath().toString()),
                            ParquetFormat.options(compression))
                    + " ROW_GROUP_SIZE %d, FILE_SIZE_BYTES '%dB', FILENAME_PATTERN '{i}',"
                        .formatted(rowGroupSize, targetBytes)
                    + " RETURN_STATS)")) {
      while (files.next()) {
        written.add(Durable.file(Path.of(files.getString("filename")), files.getLong("count")));
      }
    }
    return written;
  }

  private static boolean isOutOfMemory(SQLException failure) {
    return String.valueOf(failure.getMessage()).startsWith("Out of Memory");
  }

  private static void empty(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }

  private static UnjoinableException failed(Path folder, SQLException failure) {
    String message = String.valueOf(failure.getMessage());
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("no space left") || lower.contains("quota exceeded")) {
      throw new TransientException(
          "no space left on " + folder + " to join files: free some and run it again", failure);
    }
    return new UnjoinableException(message.lines().findFirst().orElse(""), failure);
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
