package dev.wadi.crash.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The page on reliability, made from the results alone. */
final class ReliabilityPage {

  private static final String TEMPLATE = "/crash/reliability.md";

  private ReliabilityPage() {}

  static void write(Path page, List<RunResult> results) throws IOException {
    Files.writeString(page, text(results));
  }

  static String text(List<RunResult> results) throws IOException {
    try (InputStream template = ReliabilityPage.class.getResourceAsStream(TEMPLATE)) {
      return new String(template.readAllBytes(), StandardCharsets.UTF_8)
          .replace("{{total}}", total(results))
          .replace("{{table}}", table(results))
          .replace("{{misfiled}}", Long.toString(Sum.of(results, Contender.WADI).misfiled()))
          .replace("{{points}}", points(results));
    }
  }

  private static String total(List<RunResult> results) {
    return "Wadi: "
        + Sum.of(results, Contender.WADI).sentence()
        + ". The control: "
        + Sum.of(results, Contender.CONTROL).sentence()
        + ".";
  }

  private static String table(List<RunResult> results) {
    StringBuilder table = new StringBuilder();
    Map<String, List<RunResult>> rows = new TreeMap<>();
    for (RunResult result : results) {
      rows.computeIfAbsent(family(result), family -> new ArrayList<>()).add(result);
    }
    rows.forEach(
        (family, some) ->
            table
                .append("| `")
                .append(family)
                .append("` | ")
                .append(Sum.of(some, Contender.WADI).cells())
                .append(" | ")
                .append(Sum.of(some, Contender.CONTROL).cells())
                .append(" |\n"));
    return table.toString().stripTrailing();
  }

  private static String points(List<RunResult> results) {
    Map<String, Integer> points = new TreeMap<>();
    results.stream()
        .filter(result -> result.fault().contains("@"))
        .forEach(result -> points.merge(result.fault().replaceFirst(".*@", ""), 1, Integer::sum));
    return points.entrySet().stream()
        .map(point -> "`" + point.getKey() + "` " + point.getValue())
        .reduce((one, other) -> one + ", " + other)
        .orElse("none");
  }

  private static String family(RunResult result) {
    return result.fault().replaceFirst("@.*", "");
  }

  /** Several runs of one contender together. */
  private record Sum(
      int runs, long events, long lost, long twice, long misfiled, int failed, String seeds) {

    static Sum of(List<RunResult> results, Contender contender) {
      List<RunResult> own =
          results.stream().filter(result -> result.contender() == contender).toList();
      TreeSet<Long> seeds = new TreeSet<>();
      own.forEach(result -> seeds.add(result.seed()));
      return new Sum(
          own.size(),
          own.stream().mapToLong(RunResult::events).sum(),
          own.stream().mapToLong(RunResult::lost).sum(),
          own.stream().mapToLong(RunResult::twice).sum(),
          own.stream().mapToLong(RunResult::misfiled).sum(),
          (int) own.stream().filter(result -> !result.ok()).count(),
          seeds.isEmpty() ? "" : seeds.first() + "-" + seeds.last());
    }

    String sentence() {
      return String.format(
          Locale.ROOT,
          "%,d runs, %,d events, %,d lost, %,d there twice; %,d runs failed",
          runs,
          events,
          lost,
          twice,
          failed);
    }

    String cells() {
      return runs == 0
          ? " | | | | "
          : String.format(
              Locale.ROOT, "%,d | %,d | **%,d** | **%,d** | %s", runs, events, lost, twice, seeds);
    }
  }
}
