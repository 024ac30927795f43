package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A user's routes that make CSV of flattened rows, as docs/formats.md has them. */
@Tag("integration")
class CsvRouteIT {

  @TempDir Path data;
  @TempDir Path routes;

  @Test
  void copiesColumnsAsCsvWhileTheEventsLand() throws Exception {
    List<String> snippets =
        Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("docs/formats.md")))
            .results()
            .map((MatchResult block) -> block.group(1))
            .toList();
    String event = Files.readString(Path.of("src/main/resources/routes/31-event.camel.yaml"));
    Matcher flatten =
        Pattern.compile("(?m)^ +- process:\n +id: event-flatten\n +ref: flatten\n").matcher(event);
    assertThat(flatten.find()).isTrue();
    Files.writeString(
        routes.resolve("31-event.camel.yaml"),
        event.substring(0, flatten.end()) + snippets.get(0) + event.substring(flatten.end()));
    Files.writeString(routes.resolve("csv-copy.camel.yaml"), snippets.get(1));

    try (RouteFixture wadi = new RouteFixture(data, routes)) {
      wadi.start();
      wadi.send(
          "["
              + RouteFixture.event("a", "one, \\\"two\\\"")
              + ","
              + RouteFixture.event("b", "three")
              + "]");

      await().atMost(RouteFixture.patience()).until(() -> copied(wadi).size() == 2);
      assertThat(copied(wadi))
          .extracting(CSVRecord::toList)
          .containsExactlyInAnyOrder(
              List.of("a", "one, \"two\"", "2026-11-20T10:00:00Z"),
              List.of("b", "three", "2026-11-20T10:00:00Z"));
      await().atMost(RouteFixture.patience()).until(() -> wadi.held("events") == 0);
      assertThat(wadi.column("events", "event_id")).containsExactlyInAnyOrder("a", "b");
    }
  }

  private static List<CSVRecord> copied(RouteFixture wadi) throws Exception {
    List<CSVRecord> records = new ArrayList<>();
    for (S3Object object :
        wadi.services.s3().listObjectsV2(list -> list.bucket("raw").prefix("csv/")).contents()) {
      if (!object.key().endsWith(".csv")) {
        continue; // being put
      }
      String csv =
          wadi.services
              .s3()
              .getObjectAsBytes(get -> get.bucket("raw").key(object.key()))
              .asString(StandardCharsets.UTF_8);
      try (CSVParser parser =
          CSVParser.parse(
              csv, CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get())) {
        records.addAll(parser.getRecords());
      }
    }
    return records;
  }
}
