package dev.wadi.land.format;

import java.nio.file.Path;

/** A way to write rows into a file. Thread-safe: several files are written at a time. */
public interface FileFormat extends AutoCloseable {

  /** How its files' names end, without the dot. */
  String extension();

  /**
   * Writes a file and fsyncs it; the folder's entry is the caller's to fsync.
   *
   * @param rows at least one
   * @param file does not exist yet, in a folder that does
   * @throws dev.wadi.event.TransientException if it can't be written, such as when the disk is
   *     full; part of it may be there
   */
  FileStats write(Rows rows, Path file);

  /** Frees what it holds; nothing may be written any more. */
  @Override
  void close();
}
