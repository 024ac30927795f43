package dev.wadi.land.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class NativeLibrariesTest {

  @TempDir private Path folder;

  @Test
  void leaveNoFileThatAKilledProcessWouldLeave() throws Exception {
    Path maps = Path.of("/proc/self/maps");
    assumeThat(maps).as("Linux's list of mapped files").exists();
    new ParquetFormat().close();
    new JsonLinesFormat(Compression.ZSTD).close();

    assertThat(Files.readString(maps)).containsPattern("libduckdb_java\\d+\\.so \\(deleted\\)");
    assertThat(Files.readString(maps)).containsPattern("libzstd-jni-[^ ]*\\.so \\(deleted\\)");
    assertThat(NativeLibraries.unpacked(maps)).isEmpty();
  }

  @Test
  void areToldFromEveryOtherMappedFile() throws Exception {
    Path maps = folder.resolve("maps");
    Files.writeString(
        maps,
        """
        7f99906-7f99907 r--p 00000000 fe:00 9978002                    /tmp/libduckdb_java42655.so
        7f99907-7f99908 r-xp 00156000 fe:00 9978002                    /tmp/libduckdb_java42655.so
        7f9a32e-7f9a32f r--p 00000000 fe:00 9978017                    /var/my tmp/jnilib-1802.tmp
        7f9a330-7f9a331 r--p 00000000 fe:00 9978018                    /tmp/libduckdb_java1.so (deleted)
        7f9a332-7f9a333 r-xp 00000000 fe:00 9978019                    /usr/lib/libduckdb_java.so
        7f9a333-7f9a334 r-xp 00000000 fe:00 9978019                    /usr/lib/libzstd-jni-1.5.7-4.so
        7f9a333-7f9a334 r-xp 00000000 fe:00 9978019                    /tmp/libzstd-jni-1.5.7-48101122131.so
        7f9a334-7f9a335 r-xp 00000000 fe:00 9978020                    /usr/lib/libc.so.6
        7f9a336-7f9a337 rw-p 00000000 00:00 0                          [heap]
        7f9a338-7f9a339 rw-p 00000000 00:00 0
        """);

    assertThat(NativeLibraries.unpacked(maps))
        .isEqualTo(
            List.of(
                Path.of("/tmp/libduckdb_java42655.so"),
                Path.of("/var/my tmp/jnilib-1802.tmp"),
                Path.of("/tmp/libzstd-jni-1.5.7-48101122131.so")));
  }
}
