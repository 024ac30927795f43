package dev.wadi.intake.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * What {@link StreamPieces} reads.
 *
 * @param index the file's place among the source's
 * @param content unpacked, and read up to {@code start}
 * @param start where records begin
 * @param scanner finds them
 * @param toJson what to make of each block when it is read; used by several threads
 * @param packed what the content is unpacked from
 * @param path null for what is no file
 * @param state null for what is no file
 */
record StreamedFile(
    int index,
    String name,
    InputStream content,
    long start,
    RecordScanner scanner,
    UnaryOperator<Block> toJson,
    CountedInput packed,
    Path path,
    FileState state) {

  /** How much has been read of it so far, as it is on disk. */
  long read() {
    return packed.count();
  }

  /** Its size on disk, once it has been read to its end. */
  long diskBytes() {
    return state == null ? packed.count() : state.size();
  }

  void requireUnchanged() throws IOException {
    if (state != null) {
      state.requireOf(path, name);
    }
  }
}
