package dev.wadi.bench;

import java.util.ArrayList;
import java.util.List;

/** Aligned columns: the first to the left, the others to the right. */
final class TextTable {

  private final List<List<String>> lines = new ArrayList<>();

  TextTable line(String... cells) {
    lines.add(List.of(cells));
    return this;
  }

  @Override
  public String toString() {
    List<Integer> widths = new ArrayList<>();
    for (List<String> line : lines) {
      for (int n = 0; n < line.size(); n++) {
        int width = line.get(n).length();
        if (n == widths.size()) {
          widths.add(width);
        } else if (n > 0 || line.size() > 1) {
          widths.set(n, Math.max(widths.get(n), width));
        }
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      for (int n = 0; n < line.size(); n++) {
        String space = " ".repeat(Math.max(0, widths.get(n) - line.get(n).length()));
        text.append(n == 0 ? line.get(n) + space : "  " + space + line.get(n));
      }
      text.append('\n');
    }
    return text.toString().replaceAll(" +\n", "\n");
  }
}
