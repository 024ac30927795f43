package dev.wadi.crash.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The file of results, which only grows. */
final class Results {

  private final Path file;

  Results(Path file) {
    this.file = file;
  }

  void add(RunResult result) throws IOException {
    String head = Files.exists(file) ? "" : RunResult.HEADER + "\n";
    Files.writeString(
        file, head + result.line() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  List<RunResult> all() throws IOException {
    return Files.readAllLines(file).stream().skip(1).map(RunResult::parse).toList();
  }
}
