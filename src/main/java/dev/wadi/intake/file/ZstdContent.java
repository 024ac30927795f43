package dev.wadi.intake.file;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;

/** The content of a zstd file of one or more frames. */
final class ZstdContent extends InputStream {

  private final ZstdUnits units;
  private final ZstdInputStreamNoFinalizer content;

  ZstdContent(InputStream packed) throws IOException {
    this.units = new ZstdUnits(packed);
    this.content = new ZstdInputStreamNoFinalizer(units);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    try {
      return content.read(bytes, from, length);
    } catch (ZstdIOException e) {
      throw units.damaged(ZstdUnits.CORRUPT, e.getMessage());
    }
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
