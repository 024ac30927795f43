package dev.wadi.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a person is looking at what is written. */
public final class Terminal {

  static final String ERASE_LINE = "\r\u001b[2K";

  private Terminal() {}

  /**
   * Has each log line clear the line that the cursor is in, so that it does not run into the live
   * counters. To be called before the first logger is made.
   */
  public static void clearLineBeforeLogs() {
    System.setProperty("wadi.log.start", ERASE_LINE);
  }

  /**
   * Whether standard error is a terminal that can write over a line. Java 17 can't tell for this
   * stream alone: Linux can, and elsewhere it is taken to go where the others go.
   */
  public static boolean isStandardError() {
    return isTerminal(Path.of("/proc/self/fd/2"));
  }

  /** Whether standard output is a terminal whose user wants colours (https://no-color.org). */
  public static boolean hasColours() {
    String unwanted = System.getenv("NO_COLOR");
    return (unwanted == null || unwanted.isEmpty()) && isTerminal(Path.of("/proc/self/fd/1"));
  }

  private static boolean isTerminal(Path descriptor) {
    if ("dumb".equals(System.getenv("TERM"))) {
      return false;
    }
    if (!Files.exists(descriptor)) {
      return System.console() != null;
    }
    try {
      String target = descriptor.toRealPath().toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException e) {
      // a pipe or socket has no path
      return false;
    }
  }
}
