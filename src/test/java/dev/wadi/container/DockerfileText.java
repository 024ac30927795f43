package dev.wadi.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The instructions of the Dockerfile, one each, without comments and broken lines. */
record DockerfileText(List<Instruction> instructions) {

  /** One of them, such as {@code COPY} with its arguments. */
  record Instruction(String name, String arguments) {}

  static DockerfileText read() throws IOException {
    StringBuilder joined = new StringBuilder();
    for (String line : Files.readAllLines(Path.of("Dockerfile"))) {
      if (!line.startsWith("#")) {
        joined.append(
            line.endsWith("\\") ? line.substring(0, line.length() - 1) + " " : line + "\n");
      }
    }
    List<Instruction> instructions = new ArrayList<>();
    for (String line : joined.toString().lines().filter(text -> !text.isBlank()).toList()) {
      String[] parts = line.strip().split("\\s+", 2);
      instructions.add(new Instruction(parts[0], parts[1].strip()));
    }
    return new DockerfileText(instructions);
  }

  /** The arguments of all instructions of a name, in order. */
  List<String> all(String name) {
    return instructions.stream()
        .filter(instruction -> instruction.name().equals(name))
        .map(Instruction::arguments)
        .toList();
  }

  /** The arguments of the last one, which counts. */
  String last(String name) {
    List<String> all = all(name);
    return all.get(all.size() - 1);
  }

  /** The words of an instruction in the form of a list, such as {@code ["wadi"]}. */
  static List<String> words(String arguments) {
    List<String> words = new ArrayList<>();
    Matcher quoted = Pattern.compile("\"([^\"]*)\"").matcher(arguments);
    while (quoted.find()) {
      words.add(quoted.group(1));
    }
    return words;
  }

  /** What is copied from the folder of the build, not from another stage. */
  List<String> copiedFromContext() {
    return all("COPY").stream()
        .filter(arguments -> !arguments.contains("--from="))
        .flatMap(DockerfileText::sources)
        .toList();
  }

  private static Stream<String> sources(String arguments) {
    List<String> words =
        Arrays.stream(arguments.split("\\s+")).filter(word -> !word.startsWith("--")).toList();
    return words.subList(0, words.size() - 1).stream();
  }
}
