package dev.wadi.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of Markdown, in its parts.
 *
 * @param file where it is, from the checkout's root
 * @param text all of it
 * @param blocks its fenced blocks, in their order
 * @param prose its other lines, by their number from 1
 */
public record MarkdownPage(Path file, String text, List<Block> blocks, Map<Integer, String> prose) {

  private static final Pattern FENCE = Pattern.compile("\\s*(`{3,})(\\w*).*");
  private static final Pattern HEADING = Pattern.compile("(#{1,6}) +(.*?) *#*");
  private static final Pattern FILE_NAME = Pattern.compile("\\*\\*(\\S+)\\*\\*");
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
  private static final Pattern INLINE_CODE = Pattern.compile("`([^`]+)`");

  /**
   * A fenced block.
   *
   * @param section the heading above it, or ""
   * @param language what stands behind the fence, or ""
   * @param fileName the file that the line above names, in bold and alone; null if it names none
   * @param line the number of its first line
   * @param text its lines, each with its end
   */
  public record Block(String section, String language, String fileName, int line, String text) {}

  /** A part of a line of prose. */
  public record Part(int line, String text) {}

  /** Reads a page. */
  public static MarkdownPage read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<Block> blocks = new ArrayList<>();
    Map<Integer, String> prose = new java.util.TreeMap<>();
    String section = "";
    String above = "";
    for (int n = 0; n < lines.size(); n++) {
      Matcher fence = FENCE.matcher(lines.get(n));
      if (fence.matches()) {
        int first = n + 1;
        StringBuilder text = new StringBuilder();
        while (++n < lines.size() && !lines.get(n).strip().equals(fence.group(1))) {
          text.append(lines.get(n)).append('\n');
        }
        Matcher name = FILE_NAME.matcher(above);
        blocks.add(
            new Block(
                section,
                fence.group(2),
                name.matches() ? name.group(1) : null,
                first + 1,
                text.toString()));
        above = "";
        continue;
      }
      String line = lines.get(n);
      prose.put(n + 1, line);
      Matcher heading = HEADING.matcher(line);
      section = heading.matches() ? heading.group(2) : section;
      above = line.isBlank() ? above : line.strip();
    }
    return new MarkdownPage(file, String.join("\n", lines) + "\n", blocks, prose);
  }

  /** Every page of the project. */
  public static List<MarkdownPage> all() throws IOException {
    List<MarkdownPage> pages = new ArrayList<>();
    for (Path root : List.of(Path.of(""), Path.of("docs"), Path.of("src/main/resources/flows"))) {
      int depth = root.equals(Path.of("")) ? 1 : Integer.MAX_VALUE;
      try (Stream<Path> files = Files.walk(root, depth)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".md")).sorted().toList()) {
          pages.add(read(file));
        }
      }
    }
    return pages;
  }

  /** The blocks of a language. */
  public List<Block> blocks(String language) {
    return blocks.stream().filter(block -> block.language().equals(language)).toList();
  }

  /** Where its links lead. */
  public List<Part> links() {
    return parts(LINK, false);
  }

  /** What stands between backticks in a line. */
  public List<Part> inlineCode() {
    return parts(INLINE_CODE, true);
  }

  /** The anchors of its headings, as GitHub makes them. */
  public Set<String> anchors() {
    Set<String> anchors = new LinkedHashSet<>();
    Map<String, Integer> seen = new HashMap<>();
    for (String line : prose.values()) {
      Matcher heading = HEADING.matcher(line);
      if (heading.matches()) {
        String anchor =
            heading
                .group(2)
                .replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
        int before = seen.merge(anchor, 1, Integer::sum) - 1;
        anchors.add(before == 0 ? anchor : anchor + "-" + before);
      }
    }
    return anchors;
  }

  /** Where a part of it is, for whoever must mend it. */
  public String at(int line) {
    return file + ":" + line;
  }

  private List<Part> parts(Pattern pattern, boolean code) {
    List<Part> parts = new ArrayList<>();
    prose.forEach(
        (line, words) -> {
          Matcher matcher =
              pattern.matcher(code ? words : INLINE_CODE.matcher(words).replaceAll("code"));
          while (matcher.find()) {
            parts.add(new Part(line, matcher.group(1)));
          }
        });
    return parts;
  }
}
