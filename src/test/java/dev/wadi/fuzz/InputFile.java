package dev.wadi.fuzz;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/** Inputs in a file, one a line, to be had again by where they begin. */
final class InputFile implements AutoCloseable {

  private final Path path;
  private final Map<Long, Integer> lengths = new TreeMap<>();
  private final RandomAccessFile file;

  private InputFile(Path path, Map<Long, Integer> lengths) throws IOException {
    this.path = path;
    this.lengths.putAll(lengths);
    this.file = new RandomAccessFile(path.toFile(), "r");
  }

  static InputFile write(Path path, Iterator<byte[]> inputs, int count) throws IOException {
    Map<Long, Integer> lengths = new TreeMap<>();
    long at = 1;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
      // at the start of a file a byte order mark is no part of the first record
      out.write('\n');
      for (int n = 0; n < count; n++) {
        byte[] input = inputs.next();
        out.write(input);
        out.write('\n');
        lengths.put(at, input.length);
        at += input.length + 1;
      }
    }
    return new InputFile(path, lengths);
  }

  String name() {
    return path.toString();
  }

  /** Where the inputs begin, in order. */
  Iterable<Long> offsets() {
    return lengths.keySet();
  }

  int count() {
    return lengths.size();
  }

  byte[] at(long offset) throws IOException {
    byte[] input = new byte[lengths.get(offset)];
    file.seek(offset);
    file.readFully(input);
    return input;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
