package dev.wadi.intake.http;

import dev.wadi.event.Isolation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * How a frame stands in a segment: a head of {@value #HEAD} bytes and the events behind it, each
 * with its length. All numbers are big-endian.
 *
 * <pre>
 * marker 4 | crc 4 | length 4 | events 4 | written at 8 | synced to 8 | reason | message | events
 * </pre>
 *
 * The CRC32C is over the segment's id and all that follows the CRC. <em>Synced to</em> is how far
 * the file was durable when the frame was written: a frame that can't be read, with a whole one
 * behind it that was written later, was durable once and is damaged; otherwise it was never
 * acknowledged.
 */
final class FrameFormat {

  static final int HEAD = 32;
  static final int MARKER = 0x57464D31;

  private static final int AFTER_CRC = 8;

  private final byte[] segmentId;

  /**
   * @param segmentId the id of the segment that the frames are in
   */
  FrameFormat(String segmentId) {
    this.segmentId = segmentId.getBytes(StandardCharsets.US_ASCII);
  }

  /** The frame's bytes. */
  byte[] encode(List<byte[]> events, Isolation isolation, Instant at, long syncedTo) {
    byte[] reason = bytes(isolation == null ? "" : isolation.reason());
    byte[] message = bytes(isolation == null ? "" : isolation.message());
    int length = 2 * Integer.BYTES + reason.length + message.length;
    for (byte[] event : events) {
      length = Math.addExact(length, Integer.BYTES + event.length);
    }
    ByteBuffer frame = ByteBuffer.allocate(Math.addExact(HEAD, length));
    frame.putInt(MARKER).putInt(0).putInt(length).putInt(events.size());
    frame.putLong(at.toEpochMilli()).putLong(syncedTo);
    put(frame, reason);
    put(frame, message);
    events.forEach(event -> put(frame, event));
    frame.putInt(Integer.BYTES, crc(frame.array(), 0, frame.position()));
    return frame.array();
  }

  /**
   * Reads the frame that begins at an offset.
   *
   * @return null if no whole frame begins there
   */
  Frame read(SeekableByteChannel channel, Segment segment, long offset) throws IOException {
    byte[] head = bytesAt(channel, offset, HEAD);
    if (head == null || ByteBuffer.wrap(head).getInt() != MARKER) {
      return null;
    }
    int length = ByteBuffer.wrap(head).getInt(AFTER_CRC);
    if (length < 0 || length > channel.size() - offset - HEAD) {
      return null;
    }
    byte[] frame = bytesAt(channel, offset, HEAD + length);
    if (frame == null || crc(frame, 0, frame.length) != ByteBuffer.wrap(frame).getInt(4)) {
      return null;
    }
    return decode(segment, offset, ByteBuffer.wrap(frame));
  }

  /**
   * The offset behind which a whole frame was written when the segment was durable beyond the given
   * place already; -1 if there is none.
   */
  long laterFrame(SeekableByteChannel channel, Segment segment, long after) throws IOException {
    byte[] rest = bytesAt(channel, after, (int) (channel.size() - after));
    ByteBuffer bytes = ByteBuffer.wrap(rest);
    for (int at = 1; at <= rest.length - HEAD; at++) {
      if (bytes.getInt(at) == MARKER
          && bytes.getLong(at + HEAD - Long.BYTES) > after
          && read(channel, segment, after + at) != null) {
        return after + at;
      }
    }
    return -1;
  }

  private Frame decode(Segment segment, long offset, ByteBuffer frame) {
    int count = frame.getInt(12);
    Instant at = Instant.ofEpochMilli(frame.getLong(16));
    frame.position(HEAD);
    String reason = new String(next(frame), StandardCharsets.UTF_8);
    String message = new String(next(frame), StandardCharsets.UTF_8);
    List<byte[]> events = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      events.add(next(frame));
    }
    Isolation isolation = reason.isEmpty() ? null : new Isolation(reason, message);
    return new Frame(segment, offset, frame.limit(), at, isolation, events);
  }

  private int crc(byte[] frame, int from, int to) {
    CRC32C crc = new CRC32C();
    crc.update(segmentId);
    crc.update(frame, from + AFTER_CRC, to - from - AFTER_CRC);
    return (int) crc.getValue();
  }

  private static byte[] bytesAt(SeekableByteChannel channel, long offset, int length)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    channel.position(offset);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        return null;
      }
    }
    return bytes.array();
  }

  private static byte[] next(ByteBuffer frame) {
    byte[] bytes = new byte[frame.getInt()];
    frame.get(bytes);
    return bytes;
  }

  private static void put(ByteBuffer frame, byte[] bytes) {
    frame.putInt(bytes.length).put(bytes);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
