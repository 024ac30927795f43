package dev.wadi.intake.file;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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

  static List<String> of(FileSource source) {
    List<String> records = new ArrayList<>();
    for (Piece piece = source.next(); piece != null; piece = source.next()) {
      records.addAll(of(piece.read()));
    }
    return records;
  }

  static List<String> of(Block block) {
    List<String> records = new ArrayList<>();
    for (int n = 0; n < block.count(); n++) {
      int length = block.end(n) - block.start(n);
      String text = new String(block.bytes(), block.start(n), length, StandardCharsets.UTF_8);
      Broken broken = block.broken(n);
      String why =
          broken == null
              ? ""
              : " (" + broken.reason() + ", " + broken.rule() + ", " + broken.message() + ")";
      records.add(block.position(n) + " " + text + why);
    }
    return records;
  }
}
