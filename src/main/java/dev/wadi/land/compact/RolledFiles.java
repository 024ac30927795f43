package dev.wadi.land.compact;

import dev.wadi.land.format.Compression;
import dev.wadi.land.format.Durable;
import dev.wadi.land.format.FileStats;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files that are filled one after the other, each up to a size. */
final class RolledFiles implements AutoCloseable {

  private static final int BUFFER = 1 << 16;

  private final Path folder;
  private final String extension;
  private final Compression compression;
  private final long targetBytes;
  private final List<FileStats> finished = new ArrayList<>();
  private byte[] header = {};
  private Path file;
  private Counted written;
  private OutputStream text;
  private long rows;

  RolledFiles(Path folder, String extension, Compression compression, long targetBytes) {
    this.folder = folder;
    this.extension = extension;
    this.compression = compression;
    this.targetBytes = targetBytes;
  }

  /** What every file begins with; to be given before the first row. */
  void header(byte[] bytes) {
    header = bytes.clone();
  }

  /** Writes a part of a row. */
  void write(byte[] bytes, int from, int count) throws IOException {
    if (count == 0) {
      return;
    }
    if (text == null) {
      file = folder.resolve(finished.size() + "." + extension);
      written = new Counted(Files.newOutputStream(file));
      text = new BufferedOutputStream(compression.over(written), BUFFER);
      text.write(header);
    }
    text.write(bytes, from, count);
  }

  /** Ends a row, which is written wholly; the next may go into another file. */
  void endRow() throws IOException {
    rows++;
    if (written.bytes >= targetBytes) {
      roll();
    }
  }

  /** The files, fsynced. */
  List<FileStats> finish() throws IOException {
    roll();
    return finished;
  }

  /** Closes what is open, after a failure. */
  @Override
  public void close() throws IOException {
    if (text != null) {
      text.close();
    }
  }

  private void roll() throws IOException {
    if (text == null) {
      return;
    }
    text.close();
    text = null;
    written = null;
    finished.add(Durable.file(file, rows));
    rows = 0;
  }

  /** Counts what reaches the disk; the compressor holds some of it back. */
  private static final class Counted extends FilterOutputStream {
    private long bytes;

    Counted(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int octet) throws IOException {
      out.write(octet);
      bytes++;
    }

    @Override
    public void write(byte[] block, int from, int count) throws IOException {
      out.write(block, from, count);
      bytes += count;
    }
  }
}
