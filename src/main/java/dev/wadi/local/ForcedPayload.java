package dev.wadi.local;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The payload of a put. S3Proxy copies it to {@code <key>-<uuid>}, closes that file, closes this
 * payload and links the file to its key: closing this is the moment to force the file, so that the
 * key never names content which a power failure could take away.
 */
final class ForcedPayload extends FilterInputStream {

  private final Path file;
  private final Disk disk;
  private boolean complete;

  ForcedPayload(InputStream payload, Path file, Disk disk) {
    super(payload);
    this.file = file;
    this.disk = disk;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    complete |= read < 0;
    return read;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    complete |= read < 0;
    return read;
  }

  @Override
  public void close() throws IOException {
    super.close();
    if (complete) {
      complete = false;
      forceUnfinished();
    }
  }

  private void forceUnfinished() throws IOException {
    String prefix = file.getFileName() + "-";
    boolean found = false;
    try (DirectoryStream<Path> siblings =
        Files.newDirectoryStream(
            file.getParent(), path -> path.getFileName().toString().startsWith(prefix))) {
      for (Path sibling : siblings) {
        found |= force(sibling);
      }
    }
    if (!found) {
      throw new IOException("what was put for " + file + " is not there to be forced to the disk");
    }
  }

  /** Racing puts of one key see each other's files, which may be gone by now. */
  private boolean force(Path sibling) throws IOException {
    try {
      disk.force(sibling);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
