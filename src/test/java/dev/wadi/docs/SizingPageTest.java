package dev.wadi.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.docs.Sizing.Deployment;
import dev.wadi.docs.Sizing.Flow;
import dev.wadi.ops.GeneratedPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The figures of docs/sizing.md follow from docs/sizing/*.csv. */
@Tag("unit")
class SizingPageTest {

  private static final double GOAL_RATE = 1_000;
  private static final double MONTH = 730 * 3_600;
  private static final double[] RATES = {3, 100, 1_000, 10_000, 100_000, 1_000_000};

  private final Sizing sizing;

  SizingPageTest() throws IOException {
    sizing = new Sizing(Path.of("docs/sizing"));
  }

  @Test
  void everyTableIsWhatTheArithmeticGives() throws IOException {
    String page = Files.readString(Path.of("docs/sizing.md"));
    Map<String, String> tables =
        Map.of(
            "prices", csv("prices.csv"),
            "counts", csv("counts.csv"),
            "flows", flows(),
            "deployed", deployed(),
            "rates", rates(),
            "lambda", lambda());
    for (Map.Entry<String, String> table : tables.entrySet()) {
      Matcher place =
          Pattern.compile("(?s)(<!-- " + table.getKey() + " -->\n).*?(<!-- end -->)").matcher(page);
      assertThat(place.find()).as("a place for the table " + table.getKey()).isTrue();
      page =
          place.replaceFirst(
              "$1" + Matcher.quoteReplacement("\n" + table.getValue() + "\n") + "$2");
    }
    GeneratedPage.check("sizing.md", page);
  }

  /** The goal, and where the page must say that it is missed. */
  @Test
  void everyFlowStaysBelowADollarAtAThousandEventsASecond() {
    for (Flow flow : Flow.values()) {
      assertThat(Sizing.total(sizing.cost(flow, false, GOAL_RATE))).as(flow.title).isLessThan(1);
      assertThat(Sizing.total(sizing.cost(flow, true, GOAL_RATE))).as(flow.title).isLessThan(1);
    }
    assertThat(Sizing.total(inProduction())).as("as deployed").isLessThan(1);
  }

  @Test
  void aMillionSmallWritesCostWhatTheirPriceSays() {
    assertThat(sizing.cost(Flow.QUEUE, true, GOAL_RATE)).containsEntry("ledger", 0.625);
    // 10 + 10 + 10.33 calls for a hundred messages
    assertThat(sizing.cost(Flow.QUEUE, true, GOAL_RATE).get("source"))
        .isCloseTo(0.3033 * 0.40, org.assertj.core.data.Offset.offset(1e-9));
  }

  private String flows() {
    List<List<String>> rows = new ArrayList<>();
    for (boolean shared : new boolean[] {false, true}) {
      for (Flow flow : Flow.values()) {
        Map<String, Double> parts = sizing.cost(flow, shared, GOAL_RATE);
        if (rows.isEmpty()) {
          List<String> head = new ArrayList<>(List.of("flow", "ledger is"));
          head.addAll(parts.keySet());
          head.add("**all in**");
          rows.add(head);
        }
        List<String> row = new ArrayList<>(List.of(flow.title, shared ? "a table" : "local"));
        parts.values().forEach(part -> row.add(dollars(part)));
        row.add("**" + dollars(Sizing.total(parts)) + "**");
        rows.add(row);
      }
    }
    return table(rows)
        + "\nWith the default `wadi.intake.visibility` the queue's part is "
        + dollars(sizing.queueExtended(GOAL_RATE))
        + ", since what waits a minute for its commit is extended meanwhile.\n";
  }

  /** The queue's flow by what terraform/environments/prod makes. */
  private Map<String, Double> inProduction() {
    Map<String, Double> parts = sizing.cost(Flow.QUEUE, true, GOAL_RATE, inTerraform());
    parts.put("a stream that idles", sizing.idleStream(GOAL_RATE));
    return parts;
  }

  private static Deployment inTerraform() {
    String prod = read("terraform/environments/prod/main.tf");
    String endpoints =
        group(
            "interface_endpoints\"[^}]*default *= *\\[([^\\]]*)\\]",
            read("terraform/modules/network/variables.tf"));
    return new Deployment(
        number("least *= *(\\d+)", prod),
        number("cpu *= *(\\d+)", prod) / 1_024,
        number("memory *= *(\\d+)", prod) / 1_024,
        endpoints.split(",").length,
        number("zones *= *(\\d+)", prod));
  }

  private static double number(String pattern, String text) {
    return Double.parseDouble(group(pattern, text));
  }

  private static String group(String pattern, String text) {
    Matcher found = Pattern.compile(pattern).matcher(text);
    assertThat(found.find()).as(pattern).isTrue();
    return found.group(1);
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String deployed() {
    Map<String, Double> parts = inProduction();
    List<String> head = new ArrayList<>(parts.keySet());
    head.add("**all in**");
    List<String> row = new ArrayList<>();
    parts.values().forEach(part -> row.add(dollars(part)));
    row.add("**" + dollars(Sizing.total(parts)) + "**");
    return table(List.of(head, row));
  }

  private String rates() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "events/s",
            "processes",
            "SQS, local ledger: a million",
            "a month",
            "SQS, table: a million",
            "a month",
            "Kinesis provisioned, table: a million",
            "a month",
            "Lambda, an object a batch: a million",
            "a month"));
    DoubleStream.of(RATES)
        .forEach(
            rate -> {
              List<String> row = new ArrayList<>(List.of(whole(rate), whole(sizing.tasks(rate))));
              DoubleStream.of(
                      Sizing.total(sizing.cost(Flow.QUEUE, false, rate)),
                      Sizing.total(sizing.cost(Flow.QUEUE, true, rate)),
                      Sizing.total(sizing.cost(Flow.STREAM_PROVISIONED, true, rate)),
                      Sizing.total(sizing.lambda(1, rate)))
                  .forEach(
                      million -> {
                        row.add(dollars(million));
                        row.add(whole(million * rate * MONTH / 1e6));
                      });
              rows.add(row);
            });
    return table(rows);
  }

  private String lambda() {
    List<List<String>> rows = new ArrayList<>();
    double batch = sizing.count("lambda.batch");
    Map<String, Double> objects = new LinkedHashMap<>();
    objects.put("an object for each batch, all types in it", 1.0);
    objects.put("an object for each type in a batch", sizing.count("lambda.types"));
    objects.put("an object for each event", batch);
    objects.forEach(
        (design, each) -> {
          Map<String, Double> parts = sizing.lambda(each, GOAL_RATE);
          if (rows.isEmpty()) {
            List<String> head = new ArrayList<>(List.of("design", "objects of a million"));
            head.addAll(parts.keySet());
            head.add("**all in**");
            rows.add(head);
          }
          List<String> row = new ArrayList<>(List.of(design, whole(1e6 / batch * each)));
          parts.values().forEach(part -> row.add(dollars(part)));
          row.add("**" + dollars(Sizing.total(parts)) + "**");
          rows.add(row);
        });
    return table(rows);
  }

  private static String csv(String file) throws IOException {
    return table(
        Files.readAllLines(Path.of("docs/sizing", file)).stream()
            .map(line -> List.of(line.split(",")))
            .toList());
  }

  private static String table(List<List<String>> rows) {
    StringBuilder table = new StringBuilder();
    for (List<String> row : rows) {
      table.append("| ").append(String.join(" | ", row)).append(" |\n");
      if (row == rows.get(0)) {
        table.append("|---".repeat(row.size())).append("|\n");
      }
    }
    return table.toString();
  }

  private static String dollars(double amount) {
    return String.format(Locale.ROOT, "%.3f", amount);
  }

  private static String whole(double number) {
    return String.format(Locale.ROOT, "%,.0f", number);
  }
}
