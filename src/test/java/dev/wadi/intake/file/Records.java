package dev.wadi.intake.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reads files as text to compare: position, bytes, and why a record is broken. */
final class Records {

  private Records() {}

  static FileSource source(List<Input> inputs, Limits limits) {
    return FileSource.open(inputs, null, Resume.NOTHING, limits);
  }

  static List<String> of(Path file, Limits limits) {
    try (FileSource source = source(List.of(Input.file(file.toString())), limits)) {
      return of(source);
    }
  }

  /** What is read of these bytes as standard input. */
  static List<String> of(byte[] content, Limits limits) {
    Input input = Input.standardInput(new ByteArrayInputStream(content));
    try (FileSource source = source(List.of(input), limits)) {
      return of(source);
    }
  }

  static List<String> of(FileSource source) {
    List<String> records = new ArrayList<>();
    for (Piece piece : pieces(source)) {
      records.addAll(of(piece.read()));
    }
    return records;
  }

  /** The same, with the pieces read by several threads and in any order. */
  static List<String> inParallel(FileSource source) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<List<String>>> blocks = new ArrayList<>();
      for (Piece piece = source.next(); piece != null; piece = source.next()) {
        Piece mine = piece;
        blocks.add(threads.submit(() -> of(mine.read())));
      }
      List<String> records = new ArrayList<>();
      for (Future<List<String>> block : blocks) {
        records.addAll(block.get());
      }
      return records;
    } finally {
      threads.shutdownNow();
    }
  }

  static List<Piece> pieces(FileSource source) {
    List<Piece> pieces = new ArrayList<>();
    for (Piece piece = source.next(); piece != null; piece = source.next()) {
      pieces.add(piece);
    }
    return pieces;
  }

  static List<String> of(Block block) {
    List<String> records = new ArrayList<>();
    for (int n = 0; n < block.count(); n++) {
      int length = block.end(n) - block.start(n);
      // every byte as a character, so that nothing is lost in the comparison
      String text = new String(block.bytes(), block.start(n), length, StandardCharsets.ISO_8859_1);
      Broken broken = block.broken(n);
      records.add(record(block.position(n), text, broken));
    }
    return records;
  }

  /** Compares one by one, so that a failure shows the first that differs and not all of them. */
  static void assertSame(List<String> actual, List<String> expected, String description) {
    for (int n = 0; n < Math.min(actual.size(), expected.size()); n++) {
      assertThat(actual.get(n)).as(description + ", record " + n).isEqualTo(expected.get(n));
    }
    assertThat(actual.size()).as(description).isEqualTo(expected.size());
  }

  static String record(String position, String text, Broken broken) {
    return position
        + " "
        + text
        + (broken == null
            ? ""
            : " (" + broken.reason() + ", " + broken.rule() + ", " + broken.message() + ")");
  }
}
