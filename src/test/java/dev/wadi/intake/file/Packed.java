package dev.wadi.intake.file;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** Packs content as users' tools do. */
enum Packed {
  PLAIN("") {
    @Override
    OutputStream over(OutputStream out) {
      return out;
    }
  },
  GZIP(".gz") {
    @Override
    OutputStream over(OutputStream out) throws IOException {
      return new GZIPOutputStream(out);
    }
  },
  ZSTD(".zst") {
    @Override
    OutputStream over(OutputStream out) throws IOException {
      return new ZstdOutputStreamNoFinalizer(out).setChecksum(true);
    }
  };

  final String extension;

  Packed(String extension) {
    this.extension = extension;
  }

  abstract OutputStream over(OutputStream out) throws IOException;

  byte[] pack(byte[] content) {
    return pack(content, 0, content.length);
  }

  /** Packs as several members or frames, cut anywhere. */
  byte[] packInMembers(byte[] content, Random random) {
    if (this == PLAIN) {
      return content;
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int from = 0; from < content.length; ) {
      int length = Math.min(content.length - from, 1 + random.nextInt(content.length));
      all.writeBytes(pack(content, from, length));
      from += length;
    }
    return all.toByteArray();
  }

  private byte[] pack(byte[] content, int from, int length) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = over(packed)) {
      out.write(content, from, length);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return packed.toByteArray();
  }
}
