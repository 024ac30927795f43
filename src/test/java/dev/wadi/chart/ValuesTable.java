package dev.wadi.chart;

import dev.wadi.ops.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The values of the chart as a table, by the comments before them. */
final class ValuesTable {

  private static final Pattern MEMBER = Pattern.compile("( *)([A-Za-z][A-Za-z0-9.-]*):(?: (.+))?");
  private static final int INDENT = 2;

  private final List<Row> rows = new ArrayList<>();

  /** A value by its path; the default of one that has members is blank. */
  record Row(String name, String byDefault, String meaning) {}

  private ValuesTable() {}

  static List<Row> rows() throws IOException {
    ValuesTable table = new ValuesTable();
    List<String> path = new ArrayList<>();
    StringBuilder comment = new StringBuilder();
    for (String line : Files.readAllLines(Chart.FOLDER.resolve("values.yaml"))) {
      Matcher member = MEMBER.matcher(line);
      if (line.strip().startsWith("# ")) {
        comment.append(comment.isEmpty() ? "" : " ").append(line.strip().substring(INDENT));
      } else if (member.matches()) {
        int depth = member.group(1).length() / INDENT;
        path = new ArrayList<>(path.subList(0, depth));
        path.add(member.group(2));
        String text = member.group(3) == null ? "" : member.group(3);
        String meaning = comment.isEmpty() ? ofSetting(path) : comment.toString();
        table.rows.add(new Row(String.join(" ", path), text, meaning));
        comment.setLength(0);
      } else {
        comment.setLength(0);
      }
    }
    return table.rows;
  }

  /** What the application says of a setting that has no comment of its own. */
  private static String ofSetting(List<String> path) {
    return Stream.of(Setting.values())
        .filter(setting -> setting.property().equals(path.get(path.size() - 1)))
        .map(Setting::description)
        .findFirst()
        .orElse("");
  }

  static String text() throws IOException {
    StringBuilder text = new StringBuilder("| value | default | meaning |\n|---|---|---|\n");
    for (Row row : rows()) {
      text.append("| `")
          .append(row.name().replace(' ', '.'))
          .append("` | ")
          .append(row.byDefault().isEmpty() ? "" : "`" + row.byDefault() + "`")
          .append(" | ")
          .append(row.meaning().replace("|", "\\|"))
          .append(" |\n");
    }
    return text.toString();
  }
}
