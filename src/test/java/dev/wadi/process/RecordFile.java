package dev.wadi.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of records, a line each, that is written and whose positions are known. */
public final class RecordFile {

  private final Path path;
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();

  public RecordFile(Path path) {
    this.path = path;
  }

  /** Adds a record and the end of its line; returns its position. */
  public String add(byte[] record) {
    String position = position();
    content.writeBytes(record);
    content.write('\n');
    return position;
  }

  /** Adds a record and the end of its line; returns its position. */
  public String add(String record) {
    return add(record.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds a record whose line doesn't end; returns its position. */
  public String addCut(String record) {
    String position = position();
    content.writeBytes(record.getBytes(StandardCharsets.UTF_8));
    return position;
  }

  /** Where the next record will be. */
  public String position() {
    return path + "@" + content.size();
  }

  /** What was added so far. */
  public byte[] content() {
    return content.toByteArray();
  }

  /** Writes the file; returns its path, to be named on the command line. */
  public String write() throws IOException {
    Files.write(path, content.toByteArray());
    return path.toString();
  }
}
