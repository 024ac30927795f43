package dev.wadi.intake.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** How a file's content is packed. */
enum Compression {
  NONE,
  GZIP,
  ZSTD;

  private static final int GZIP_MAGIC = 0x8B1F;
  private static final int LOOKED_AT = 512;

  /**
   * Told by the first bytes; by the name only where these are no text, since then they are damaged.
   */
  static Compression of(byte[] head, String name) {
    if (head.length >= 2 && LittleEndian.get(head, 0, 2) == GZIP_MAGIC) {
      return GZIP;
    }
    if (head.length >= Integer.BYTES && ZstdUnits.isMagic(LittleEndian.get(head, 0, 4))) {
      return ZSTD;
    }
    if (isText(head)) {
      return NONE;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".gz")) {
      return GZIP;
    }
    return lower.endsWith(".zst") ? ZSTD : NONE;
  }

  /**
   * The content that these bytes are packed from. Reading it throws a {@link
   * DamagedContentException} where they are damaged, after all that comes before.
   */
  InputStream unpack(InputStream packed) throws IOException {
    return switch (this) {
      case NONE -> packed;
      case GZIP -> new GzipContent(packed);
      case ZSTD -> new ZstdContent(packed);
    };
  }

  private static boolean isText(byte[] head) {
    for (int i = 0; i < Math.min(head.length, LOOKED_AT); i++) {
      if (head[i] == 0) {
        return false;
      }
    }
    return head.length > 0;
  }
}
