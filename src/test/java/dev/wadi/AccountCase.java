package dev.wadi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One of the changes to routes that {@code check/account.yaml} lists, with what is said of it and
 * what comes of it.
 */
record AccountCase(
    String name,
    String part,
    String route,
    List<Edit> edits,
    String more,
    String verdict,
    String said,
    String send,
    String run) {

  /** Replaces the step with this id. */
  private record Edit(String at, String by) {

    static Edit of(JsonNode node) {
      return new Edit(node.required("at").asText(), node.required("by").asText());
    }

    List<String> in(List<String> lines) {
      int begin = begin(lines);
      int depth = depth(lines.get(begin));
      int end = begin + 1;
      while (end < lines.size() && depth(lines.get(end)) > depth) {
        end++;
      }
      List<String> changed = new ArrayList<>(lines.subList(0, begin));
      for (String line : by.lines().toList()) {
        if (line.strip().equals("{step}")) {
          for (String own : lines.subList(begin, end)) {
            changed.add(" ".repeat(depth(line)) + own);
          }
        } else {
          changed.add(" ".repeat(depth) + line);
        }
      }
      changed.addAll(lines.subList(end, lines.size()));
      return changed;
    }

    /** The line at which the step with the id begins. */
    private int begin(List<String> lines) {
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).strip().equals("id: " + at)) {
          return i - 1;
        }
      }
      throw new IllegalStateException("there is no step " + at);
    }

    private static int depth(String line) {
      return line.length() - line.stripLeading().length();
    }
  }

  static List<AccountCase> all() throws IOException {
    List<AccountCase> cases = new ArrayList<>();
    for (JsonNode node :
        new YAMLMapper().readTree(Path.of("src/test/resources/check/account.yaml").toFile())) {
      List<Edit> edits = new ArrayList<>(List.of(Edit.of(node)));
      if (node.has("also")) {
        edits.add(Edit.of(node.get("also")));
      }
      cases.add(
          new AccountCase(
              node.required("name").asText(),
              node.required("part").asText(),
              node.required("route").asText(),
              edits,
              node.path("more").asText(),
              node.required("verdict").asText(),
              node.path("said").asText(),
              node.path("send").asText(),
              node.required("run").asText()));
    }
    return cases;
  }

  /** Writes the changed route, and what comes with it, into a folder for {@code --routes}. */
  void writeTo(Path folder) throws IOException {
    String file = route + ".camel.yaml";
    List<String> lines = Files.readAllLines(Path.of("src/main/resources/routes", file));
    for (Edit edit : edits) {
      lines = edit.in(lines);
    }
    Files.write(folder.resolve(file), lines);
    if (!more.isEmpty()) {
      Files.writeString(folder.resolve("more.yaml"), more);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
