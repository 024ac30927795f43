package dev.wadi.intake.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A segment that is being written. What could not be written wholly is cut off again before more
 * is, so that nothing stands between frames. Used by one thread.
 */
final class SegmentFile implements AutoCloseable {

  private static final byte[] MAGIC = "WADIHTL1".getBytes(StandardCharsets.US_ASCII);

  /** The bytes before the first frame: what it is, and its id. */
  static final int HEAD = 40;

  private final Segment segment;
  private final FileChannel channel;
  private long length;
  private boolean torn;

  private SegmentFile(Segment segment, FileChannel channel) {
    this.segment = segment;
    this.channel = channel;
  }

  /** Makes the file. It is durable, with its name, on return. */
  static SegmentFile create(Segment segment) throws IOException {
    FileChannel channel =
        FileChannel.open(segment.file(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    SegmentFile file = new SegmentFile(segment, channel);
    try {
      file.append(head(segment.id()));
      forceFolder(segment.file().getParent());
      return file;
    } catch (IOException e) {
      channel.close();
      java.nio.file.Files.deleteIfExists(segment.file());
      throw e;
    }
  }

  /** What a segment with this id begins with. */
  static byte[] head(String id) {
    return ByteBuffer.allocate(HEAD).put(MAGIC).put(id.getBytes(StandardCharsets.US_ASCII)).array();
  }

  static void forceFolder(Path folder) throws IOException {
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  Segment segment() {
    return segment;
  }

  /** Up to where it is written and durable. */
  long length() {
    return length;
  }

  /** Writes at the end. Durable on return; after a failure the file is as it was. */
  void append(byte[] bytes) throws IOException {
    mend();
    torn = true;
    ByteBuffer left = ByteBuffer.wrap(bytes);
    while (left.hasRemaining()) {
      channel.write(left, length + left.position());
    }
    channel.force(false);
    torn = false;
    length += bytes.length;
  }

  /** Cuts off what a failure has left behind the last whole frame. */
  void mend() throws IOException {
    if (torn) {
      channel.truncate(length);
      channel.force(true);
      torn = false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
