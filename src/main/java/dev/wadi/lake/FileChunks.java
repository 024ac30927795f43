package dev.wadi.lake;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Goes through files of the lake, so many at a time that neither a statement over them nor copies
 * of them grow with the lake.
 */
final class FileChunks {

  private static final int MOST_FILES = 1000;
  private static final long MOST_BYTES = 1L << 30;

  private final LakeObjects lake;
  private final Reader reader;
  private final List<String> chunk = new ArrayList<>();
  private long bytes;

  private FileChunks(LakeObjects lake, Reader reader) {
    this.lake = lake;
    this.reader = reader;
  }

  /** Reads files that are there, at {@link LakeObjects#file}, as long as it is called. */
  interface Reader {
    void read(List<String> keys) throws SQLException;
  }

  /** A file of a list. */
  record Sized(String key, long bytes) {}

  static void each(LakeObjects lake, List<Sized> files, Reader reader) throws SQLException {
    FileChunks chunks = new FileChunks(lake, reader);
    for (Sized file : files) {
      if (chunks.bytes + file.bytes() > MOST_BYTES || chunks.chunk.size() == MOST_FILES) {
        chunks.read();
      }
      chunks.chunk.add(file.key());
      chunks.bytes += file.bytes();
    }
    chunks.read();
  }

  private void read() throws SQLException {
    if (!chunk.isEmpty()) {
      LakeObjects.Fetched files = lake.fetch(chunk);
      try {
        reader.read(List.copyOf(chunk));
      } finally {
        files.close();
      }
    }
    chunk.clear();
    bytes = 0;
  }
}
