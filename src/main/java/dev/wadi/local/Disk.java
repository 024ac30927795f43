package dev.wadi.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Forces a file's content, or a folder's entries, to the disk. */
@FunctionalInterface
interface Disk {

  /** The real one. */
  Disk REAL =
      path -> {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
          channel.force(true);
        }
      };

  void force(Path path) throws IOException;
}
