package dev.wadi.land.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * DuckDB, Arrow and zstd-jni unpack their native libraries into files of the temporary folder, 70
 * MB, and delete them at exit; a process that is killed leaves them. So they are deleted right
 * after they are loaded: Linux keeps a mapped file until the process ends. Its own list of mapped
 * files says exactly which are this process's, so no other process's file is touched. Elsewhere
 * nothing is done.
 */
final class NativeLibraries {

  private static final Path MAPPED_FILES = Path.of("/proc/self/maps");
  private static final Pattern UNPACKED =
      Pattern.compile(
          " (/.*/(?:libduckdb_java\\d+\\.so|jnilib-\\d+\\.tmp|libzstd-jni-[\\d.]+-\\d{6,}\\.so))$");

  private NativeLibraries() {}

  /** Deletes the files of those that are loaded. */
  static void unlink() {
    if (!Files.isReadable(MAPPED_FILES)) {
      return;
    }
    try {
      for (Path library : unpacked(MAPPED_FILES)) {
        Files.deleteIfExists(library);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can't delete a native library that was unpacked", e);
    }
  }

  /** The files of such libraries in a list of mapped files. */
  static List<Path> unpacked(Path mappedFiles) throws IOException {
    try (Stream<String> lines = Files.lines(mappedFiles)) {
      return lines
          .map(UNPACKED::matcher)
          .filter(Matcher::find)
          .map(found -> Path.of(found.group(1)))
          .distinct()
          .toList();
    }
  }
}
