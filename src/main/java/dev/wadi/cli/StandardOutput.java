package dev.wadi.cli;

import dev.wadi.event.SetupException;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Locale;

/** Where a reading command writes: UTF-8, whatever the machine's locale is. */
final class StandardOutput {

  private final OutputStream out;

  StandardOutput(OutputStream out) {
    this.out = out;
  }

  /** Past System.out, which would swallow the error that tells that the reader has gone. */
  static StandardOutput ofProcess() {
    return new StandardOutput(new FileOutputStream(FileDescriptor.out));
  }

  /**
   * Lets something write, and flushes. A reader like {@code head} that closes the pipe has what it
   * wanted: that is no error.
   */
  void write(Writing writing) throws SQLException {
    Writer writer =
        new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
    try {
      writing.to(writer);
      writer.flush();
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      if (!message.toLowerCase(Locale.ROOT).contains("pipe")) {
        throw new SetupException("standard output can't be written to: " + message, e);
      }
    }
  }

  /** Something that writes. */
  interface Writing {
    void to(Writer writer) throws SQLException, IOException;
  }
}
