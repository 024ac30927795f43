package dev.wadi.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wadi.lake.Finding;
import dev.wadi.lake.Note.Noted;
import dev.wadi.lake.VerifyReport;
import dev.wadi.lake.VerifyReport.Terms;
import dev.wadi.lake.VerifyReport.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report of {@code wadi verify} as text. */
final class VerifyText {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int WRITERS = 20;

  private VerifyText() {}

  /** A table of the law's terms, then what was found. */
  static String forPeople(VerifyReport report) {
    StringBuilder text = new StringBuilder();
    if (report.commits() == 0 && report.ok()) {
      text.append("nothing has landed yet\n");
    } else {
      text.append(line("%,d commits, %,d files", report.commits(), report.files()));
    }
    if (report.inFlight() > 0) {
      text.append(line("%,d more in flight or not settled yet, left out", report.inFlight()));
    }
    if (report.unfinishedUploads() > 0) {
      text.append(
          line("%,d unfinished uploads, which the next start sweeps", report.unfinishedUploads()));
    }
    if (!report.sources().isEmpty()) {
      terms(report, text);
      text.append(
          line(
              "dead letters: %,d rejected, %,d archived, %,d still in the dead-letter queue",
              report.deadLetters().rejected(),
              report.deadLetters().archived(),
              report.deadLetters().waiting()));
      if (report.deadLetters().mended() + report.deadLetters().rejectedAgain() > 0) {
        text.append(
            line(
                "replayed: %,d are no dead letters any more, %,d were rejected again",
                report.deadLetters().mended(), report.deadLetters().rejectedAgain()));
      }
    }
    writers(report.writers(), text);
    for (Noted noted : report.notes()) {
      found(noted.note().what(), noted.count(), noted.examples(), text);
    }
    for (Finding finding : report.findings()) {
      found(finding.violation().what(), finding.count(), finding.examples(), text);
    }
    // of a lake in which nothing is yet too: an alarm waits for one of these lines
    text.append(
        report.ok()
            ? "OK: every event received is accounted for, and landed once\n"
            : "\nFAILED: the lake breaks its promise, or is damaged\n");
    return text.toString();
  }

  /** The same as one JSON object on one line. */
  static String json(VerifyReport report) {
    ObjectNode json = JSON.createObjectNode();
    json.put("ok", report.ok());
    json.put("commits", report.commits());
    json.put("files", report.files());
    json.put("in_flight", report.inFlight());
    json.put("unfinished_uploads", report.unfinishedUploads());
    ObjectNode sources = json.putObject("sources");
    report.sources().forEach((source, terms) -> sources.set(source, JSON.valueToTree(terms)));
    json.set("total", JSON.valueToTree(report.total()));
    json.set("dead_letters", JSON.valueToTree(report.deadLetters()));
    report.writers().forEach(writer -> json.withArray("writers").add(JSON.valueToTree(writer)));
    json.withArray("writers");
    for (Noted noted : report.notes()) {
      found(json.withArray("notes"), "note", noted.note().code(), noted.count(), noted.examples());
    }
    json.withArray("notes");
    for (Finding finding : report.findings()) {
      found(
          json.withArray("findings"),
          "violation",
          finding.violation().code(),
          finding.count(),
          finding.examples());
    }
    json.withArray("findings");
    return json + "\n";
  }

  private static void found(
      ArrayNode all, String name, String code, long count, List<String> examples) {
    ObjectNode found = all.addObject();
    found.put(name, code);
    found.put("count", count);
    found.set("examples", JSON.valueToTree(examples));
  }

  private static void found(String what, long count, List<String> examples, StringBuilder text) {
    text.append('\n').append(line("%,d %s:", count, what));
    examples.forEach(example -> text.append("  ").append(example).append('\n'));
    if (count > examples.size()) {
      text.append(line("  and %,d more", count - examples.size()));
    }
  }

  /** A start of Wadi is a writer of its own, so there may be many: the last ones are shown. */
  private static void writers(List<Writer> writers, StringBuilder text) {
    if (writers.size() < 2) {
      return;
    }
    List<Writer> shown = writers.subList(Math.max(0, writers.size() - WRITERS), writers.size());
    int width = shown.stream().mapToInt(writer -> writer.name().length()).max().orElse(0);
    String format = "  %-" + width + "s %9s %12s  %-26s  %s%n";
    text.append(
        String.format(
            Locale.ROOT,
            "\n" + format,
            "writer",
            "commits",
            "events",
            "first commit",
            "last commit"));
    if (shown.size() < writers.size()) {
      text.append(line("  (%,d earlier ones)", writers.size() - shown.size()));
    }
    for (Writer writer : shown) {
      text.append(
          String.format(
              Locale.ROOT,
              format,
              writer.name(),
              number(writer.commits()),
              number(writer.events()),
              writer.first(),
              writer.last()));
    }
    text.append('\n');
  }

  private static void terms(VerifyReport report, StringBuilder text) {
    Map<String, Terms> rows = new LinkedHashMap<>(report.sources());
    if (rows.size() > 1) {
      rows.put("total", report.total());
    }
    int width = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
    text.append('\n');
    text.append(
        row(
            width,
            "source",
            "received",
            "= landed",
            "+ duplicates",
            "+ conflicts",
            "+ rejected",
            "+ filtered",
            "(redelivered)"));
    rows.forEach(
        (source, terms) ->
            text.append(
                row(
                    width,
                    source,
                    number(terms.received()),
                    number(terms.landed()),
                    number(terms.duplicates()),
                    number(terms.conflicts()),
                    number(terms.rejected()),
                    number(terms.filtered()),
                    "(" + number(terms.redelivered()) + ")")));
    text.append('\n');
  }

  private static String row(int width, String source, Object... cells) {
    String format = "  %-" + Math.max(width, 6) + "s %12s %12s %12s %12s %12s %12s %14s%n";
    Object[] all = new Object[cells.length + 1];
    all[0] = source;
    System.arraycopy(cells, 0, all, 1, cells.length);
    return String.format(Locale.ROOT, format, all);
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values) + "\n";
  }
}
