package dev.wadi.land.format;

import dev.wadi.event.SetupException;
import dev.wadi.ops.StageTimes;
import dev.wadi.ops.StageTimes.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.c.jni.JniLoader;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBConnection;

/**
 * Parquet, written by DuckDB: one plain COPY per file, each in its caller's thread.
 *
 * <p>Timestamps are microseconds adjusted to UTC. Takes memory for a row group and a chunk of each
 * file that is being written, outside the heap.
 */
public final class ParquetFormat implements FileFormat {

  private static final String SOURCE = "rows_to_land";
  private static final String COPY = "COPY (SELECT * FROM %s) TO '%s' (%s, USE_TMP_FILE false)";

  private final String options;
  private final StageTimes times;
  private final DuckDBConnection root;
  private final BufferAllocator allocator;

  /** Compresses with zstd. */
  public ParquetFormat() {
    this(Compression.ZSTD, StageTimes.OFF);
  }

  /**
   * Starts an engine of its own, in memory; closed by {@link #close}.
   *
   * @param compression of each column's pages
   */
  ParquetFormat(Compression compression, StageTimes times) {
    this.times = times;
    options = options(compression);
    try {
      root =
          DriverManager.getConnection("jdbc:duckdb:", new Properties())
              .unwrap(DuckDBConnection.class);
      allocator = new RootAllocator();
      try (Statement statement = root.createStatement()) {
        // no threads beside the callers', and nothing spilled into the current folder
        statement.execute("SET threads=1");
        statement.execute("SET temp_directory=''");
      }
    } catch (SQLException e) {
      throw new SetupException("can't start DuckDB, which writes Parquet: " + e.getMessage(), e);
    }
    JniLoader.get().ensureLoaded();
    NativeLibraries.unlink();
  }

  /** What DuckDB's COPY is told of the lake's files. */
  public static String options(Compression compression) {
    String codec =
        switch (compression) {
          case ZSTD -> "zstd, COMPRESSION_LEVEL " + Compression.ZSTD_LEVEL;
          case GZIP -> "gzip";
          case SNAPPY -> "snappy";
          case NONE -> "uncompressed";
        };
    return "FORMAT parquet, PARQUET_VERSION v2, COMPRESSION " + codec;
  }

  @Override
  public String extension() {
    return "parquet";
  }

  @Override
  public FileStats write(Rows rows, Path file) {
    try {
      times.run(Stage.WRITE, () -> copy(rows, file));
      return Durable.file(file, rows.count(), times);
    } catch (IOException e) {
      throw WriteFailure.of(file, e);
    }
  }

  @Override
  public void close() {
    allocator.close();
    try {
      root.close();
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB's memory can't be freed", e);
    }
  }

  /** Bytes of Arrow's memory that are in use: 0 when nothing is being written. */
  long allocated() {
    return allocator.getAllocatedMemory();
  }

  private void copy(Rows rows, Path file) {
    try (DuckDBConnection connection = root.duplicate();
        ArrowReader reader = new RowsReader(rows, allocator);
        ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator);
        Statement statement = connection.createStatement()) {
      Data.exportArrayStream(allocator, reader, stream);
      connection.registerArrowStream(SOURCE, stream);
      statement.execute(COPY.formatted(SOURCE, quoted(file), options));
    } catch (SQLException | IOException e) {
      throw WriteFailure.of(file, e);
    }
  }

  private static String quoted(Path file) {
    return file.toAbsolutePath().toString().replace("'", "''");
  }
}
