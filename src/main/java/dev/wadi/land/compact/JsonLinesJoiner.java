package dev.wadi.land.compact;

import dev.wadi.land.format.Compression;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** Joins JSON lines: one file's lines follow the other's. */
public final class JsonLinesJoiner extends TextJoiner {

  private static final int BLOCK = 1 << 16;

  /**
   * @param compression of the files that it joins
   * @param targetBytes the size up to which files are filled
   */
  public JsonLinesJoiner(Compression compression, long targetBytes) {
    super("jsonl", compression, targetBytes);
  }

  @Override
  void join(List<Path> files, RolledFiles out) throws IOException {
    byte[] block = new byte[BLOCK];
    for (Path file : files) {
      try (InputStream lines = read(file)) {
        for (int length = next(file, lines, block);
            length >= 0;
            length = next(file, lines, block)) {
          copy(block, length, out);
        }
      }
    }
  }

  private static int next(Path file, InputStream lines, byte[] block) throws UnreadableFile {
    try {
      return lines.read(block);
    } catch (IOException e) {
      throw new UnreadableFile(file, e);
    }
  }

  private static void copy(byte[] block, int length, RolledFiles out) throws IOException {
    int from = 0;
    for (int at = 0; at < length; at++) {
      if (block[at] == '\n') {
        out.write(block, from, at + 1 - from);
        out.endRow();
        from = at + 1;
      }
    }
    // the last line goes on in the next block
    out.write(block, from, length - from);
  }
}
