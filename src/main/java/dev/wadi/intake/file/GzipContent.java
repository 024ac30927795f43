package dev.wadi.intake.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The content of a gzip file of one or more members (RFC 1952). Unlike the JDK's stream it hands
 * out all that can be read before damage, says where that is, and knows a further member without
 * asking how much is available.
 */
final class GzipContent extends InputStream {

  private static final int UNPACKED_BYTES = 64 << 10;

  private final PackedInput in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] unpacked = new byte[UNPACKED_BYTES];
  private int position;
  private int limit;
  private int members;
  private boolean inMember;
  private DamagedContentException damage;

  GzipContent(InputStream packed) {
    this.in = new PackedInput(packed);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    if (position == limit && !advance()) {
      return -1;
    }
    int part = Math.min(length, limit - position);
    System.arraycopy(unpacked, position, bytes, from, part);
    position += part;
    return part;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }

  // Always as much at a time, whatever is asked for: where damage is noticed depends on that.
  private boolean advance() throws IOException {
    position = 0;
    limit = 0;
    while (damage == null) {
      if (!inMember && !begin()) {
        return false;
      }
      limit = inflate();
      if (limit > 0) {
        crc.update(unpacked, 0, limit);
        return true;
      }
      if (inflater.finished()) {
        end();
      }
    }
    throw damage;
  }

  /** Reads the header of a member; returns false at the end of the file. */
  private boolean begin() throws IOException {
    GzipHeader.Found found = GzipHeader.read(in, members == 0);
    switch (found) {
      case MEMBER -> {
        members++;
        inMember = true;
        inflater.reset();
        crc.reset();
        return true;
      }
      case END -> {
        return false;
      }
      case TRUNCATED -> throw damaged("truncated_gzip", "the file ends in a header");
      case OTHER -> throw damaged("corrupt_gzip", "no gzip header stands here");
    }
    throw new IllegalStateException("unknown: " + found);
  }

  private int inflate() throws IOException {
    if (inflater.needsInput() && !inflater.finished()) {
      if (!in.fill()) {
        throw damaged("truncated_gzip", "the file ends in the middle of the data");
      }
      inflater.setInput(in.buffer(), in.position(), in.available());
    }
    long before = inflater.getBytesWritten();
    try {
      int length = inflater.inflate(unpacked);
      in.leave(inflater.getRemaining());
      return length;
    } catch (DataFormatException e) {
      in.leave(inflater.getRemaining());
      damage = damaged("corrupt_gzip", e.getMessage());
      // what was written before the damage is counted, but not returned
      return (int) (inflater.getBytesWritten() - before);
    }
  }

  /** Compares the trailer of a member. */
  private void end() throws IOException {
    byte[] trailer = in.take(8);
    if (trailer == null) {
      throw damaged("truncated_gzip", "the file ends in a checksum");
    }
    if (LittleEndian.get(trailer, 0, 4) != crc.getValue()
        || LittleEndian.get(trailer, 4, 4) != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw damaged("corrupt_gzip", "the checksum is wrong, so something before is");
    }
    inMember = false;
  }

  private DamagedContentException damaged(String reason, String what) {
    damage =
        new DamagedContentException(
            reason, "gzip data is damaged at byte " + in.offset() + " of the file: " + what);
    return damage;
  }
}
