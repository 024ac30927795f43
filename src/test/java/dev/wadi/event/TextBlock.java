package dev.wadi.event;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A block of given texts, as lines of a file. */
public final class TextBlock implements RecordBlock {

  private final String file;
  private final byte[] bytes;
  private final int[] starts;
  private final int[] ends;

  public TextBlock(String file, String... records) {
    this.file = file;
    this.starts = new int[records.length];
    this.ends = new int[records.length];
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (int n = 0; n < records.length; n++) {
      starts[n] = lines.size();
      lines.writeBytes(records[n].getBytes(StandardCharsets.UTF_8));
      ends[n] = lines.size();
      lines.write('\n');
    }
    this.bytes = lines.toByteArray();
  }

  @Override
  public String file() {
    return file;
  }

  @Override
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public int count() {
    return starts.length;
  }

  @Override
  public int start(int n) {
    return starts[n];
  }

  @Override
  public int end(int n) {
    return ends[n];
  }

  @Override
  public long offset(int n) {
    return starts[n];
  }

  @Override
  public String position(int n) {
    return file + "@" + offset(n);
  }
}
