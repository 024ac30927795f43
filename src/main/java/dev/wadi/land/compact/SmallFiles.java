package dev.wadi.land.compact;

import dev.wadi.land.Manifest.LandedFile;
import java.util.List;

/**
 * Files of one partition that are to be joined.
 *
 * @param folder the partition: their keys up to the last slash, with it
 * @param extension what all of their names end in, without the dot
 * @param files the older commit's first
 */
record SmallFiles(String folder, String extension, List<LandedFile> files) {

  SmallFiles {
    files = List.copyOf(files);
  }

  String table() {
    return files.get(0).table();
  }

  long rows() {
    return files.stream().mapToLong(LandedFile::rows).sum();
  }

  long bytes() {
    return files.stream().mapToLong(LandedFile::bytes).sum();
  }

  List<String> keys() {
    return files.stream().map(LandedFile::key).toList();
  }

  /** What all but the files tell of it. */
  String name() {
    return folder + "*." + extension;
  }
}
