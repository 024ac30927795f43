package dev.wadi.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Assumptions;

/**
 * A file system of a few megabytes in memory. Only Linux's root can mount one; elsewhere the test
 * is skipped and says so.
 */
public final class SmallDisk implements AutoCloseable {

  private static final int BLOCK = 4096;

  private final Path folder;

  private static final int MOST_TRIES = 100;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /**
   * Mounts one.
   *
   * @param folder an empty folder
   * @param options of a tmpfs, such as {@code size=16m} or {@code ro}
   */
  public static SmallDisk mount(Path folder, String options) throws Exception {
    try {
      Process mount = run("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString());
      String said = new String(mount.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Assumptions.assumeTrue(mount.waitFor() == 0, () -> "no small disk can be mounted: " + said);
    } catch (IOException e) {
      Assumptions.abort("no small disk can be mounted: " + e.getMessage());
    }
    return new SmallDisk(folder);
  }

  /** Where it is mounted. */
  public Path folder() {
    return folder;
  }

  /** Takes all space that is left, that too which others give back meanwhile. */
  public void fill() throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        fillOnce();
      } catch (IOException full) {
        if (folder.toFile().getUsableSpace() == 0) {
          return;
        }
        if (tries == MOST_TRIES) {
          throw full;
        }
      }
    }
  }

  private void fillOnce() throws IOException {
    byte[] block = new byte[BLOCK];
    try (OutputStream filler =
        Files.newOutputStream(filler(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (true) {
        filler.write(block);
      }
    }
  }

  /** Gives the space back that {@link #fill} took. */
  public void free() throws IOException {
    Files.delete(filler());
  }

  @Override
  public void close() throws IOException {
    try {
      Process unmount = run("umount", "--lazy", folder.toString());
      try (InputStream said = unmount.getInputStream()) {
        String why = new String(said.readAllBytes(), StandardCharsets.UTF_8);
        if (unmount.waitFor() != 0) {
          throw new IOException(why);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Path filler() {
    return folder.resolve("filler");
  }

  private static Process run(String... command) throws IOException {
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
