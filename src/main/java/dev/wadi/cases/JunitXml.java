package dev.wadi.cases;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Results as JUnit's XML, which the pages of CI services show: a suite for each file. */
public final class JunitXml {

  private JunitXml() {}

  /** The document. */
  public static String of(List<CaseResult> results) {
    Map<String, List<CaseResult>> byFile = new LinkedHashMap<>();
    for (CaseResult result : results) {
      byFile
          .computeIfAbsent(result.routeCase().file().toString(), file -> new ArrayList<>())
          .add(result);
    }
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append("<testsuites").append(counts(results)).append(">\n");
    byFile.forEach(
        (file, ofFile) -> {
          xml.append("  <testsuite name=\"").append(escaped(file)).append('"');
          xml.append(counts(ofFile)).append(">\n");
          ofFile.forEach(result -> add(result, xml));
          xml.append("  </testsuite>\n");
        });
    return xml.append("</testsuites>\n").toString();
  }

  private static void add(CaseResult result, StringBuilder xml) {
    RouteCase routeCase = result.routeCase();
    xml.append("    <testcase name=\"").append(escaped(routeCase.name()));
    xml.append("\" classname=\"").append(escaped(routeCase.file().toString()));
    xml.append("\" file=\"").append(escaped(routeCase.file().toString()));
    xml.append("\" line=\"").append(routeCase.line());
    xml.append("\" time=\"").append(seconds(result.seconds())).append('"');
    if (result.isOk()) {
      xml.append("/>\n");
      return;
    }
    List<String> lines = new DiffText(false).lines(result);
    xml.append(">\n      <failure message=\"");
    xml.append(escaped(lines.get(1).strip())).append("\">");
    lines.forEach(line -> xml.append(escaped(line.stripTrailing())).append('\n'));
    xml.append("</failure>\n    </testcase>\n");
  }

  private static String counts(List<CaseResult> results) {
    return " tests=\"%d\" failures=\"%d\" errors=\"0\" time=\"%s\""
        .formatted(
            results.size(),
            results.stream().filter(result -> !result.isOk()).count(),
            seconds(results.stream().mapToDouble(CaseResult::seconds).sum()));
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.3f", seconds);
  }

  private static String escaped(String text) {
    return text.replaceAll("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD]", "?")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
