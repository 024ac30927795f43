package dev.wadi.land.format;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import com.github.luben.zstd.util.Native;
import dev.wadi.event.SetupException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** How the content of files is compressed. Parquet does so inside, other files as a whole. */
public enum Compression {
  ZSTD(".zst"),
  GZIP(".gz"),
  /** Parquet's alone. */
  SNAPPY(""),
  NONE("");

  /** Faster than the default of 3, and no larger here. */
  static final int ZSTD_LEVEL = 1;

  private static final int BUFFER = 1 << 16;

  private final String suffix;

  Compression(String suffix) {
    this.suffix = suffix;
  }

  /**
   * The compression that a setting names.
   *
   * @throws SetupException if there is none of this name
   */
  public static Compression named(String name) {
    return Arrays.stream(values())
        .filter(compression -> compression.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new SetupException(
                    "there is no compression '%s': choose one of %s"
                        .formatted(
                            name,
                            Arrays.stream(values())
                                .map(Compression::toString)
                                .collect(Collectors.joining(", ")))));
  }

  /** Loads the native library of zstd, if it isn't yet. */
  static void load() {
    Native.load();
  }

  /** What a file that is compressed as a whole has behind its extension; with the dot. */
  public String suffix() {
    return suffix;
  }

  /** A stream that compresses what is written to it; closing it closes the other. */
  public OutputStream over(OutputStream out) throws IOException {
    return switch (this) {
      case ZSTD -> {
        ZstdOutputStream zstd = new ZstdOutputStream(out, ZSTD_LEVEL);
        // so that a reader notices a damaged block
        zstd.setChecksum(true);
        yield zstd;
      }
      case GZIP -> new GZIPOutputStream(out, BUFFER);
      case SNAPPY -> throw new IllegalStateException("only Parquet is compressed with snappy");
      case NONE -> out;
    };
  }

  /** A stream that reads what was compressed so; closing it closes the other. */
  public InputStream under(InputStream in) throws IOException {
    return switch (this) {
      case ZSTD -> new ZstdInputStream(in);
      case GZIP -> new GZIPInputStream(in, BUFFER);
      case SNAPPY -> throw new IllegalStateException("only Parquet is compressed with snappy");
      case NONE -> in;
    };
  }

  /** Its name in settings. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
