package dev.wadi.land.compact;

import dev.wadi.land.format.FileStats;
import java.nio.file.Path;
import java.util.List;

/** A way to join files of one format and one partition. Not thread-safe. */
public interface Joiner extends AutoCloseable {

  /** How the names of the files that it joins end, without the dot. */
  String extension();

  /**
   * Writes the rows of some files into as few as the target size allows. No row is changed or left
   * out.
   *
   * @param files at least one
   * @param folder where the new ones go; it exists and is empty
   * @return the new files, fsynced
   * @throws UnjoinableException if these files can't be joined, and are to be left as they are
   * @throws dev.wadi.event.TransientException if the disk is full
   */
  List<FileStats> join(List<Path> files, Path folder) throws UnjoinableException;

  @Override
  void close();
}
