package dev.wadi.land;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.Event;
import dev.wadi.event.EventKey;
import dev.wadi.event.SetupException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class PartitioningTest {

  private static final Instant TIME = Instant.parse("2026-03-07T04:59:59.999Z");

  @Test
  void isByTypeAndDayInUtcUnlessConfigured() {
    ObjectKeys keys = keys(new Partitioning(Partitioning.DEFAULT));

    assertThat(keys.events(event("build/finished", "finished", TIME)))
        .isEqualTo("events/event_type=build%2Ffinished/event_date=2026-03-07/");
    assertThat(keys.received("conflicts", Batches.NOW))
        .isEqualTo("conflicts/received_date=2026-11-21/");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "year,month,day | year=2026/month=03/day=07/",
        "event_type,year,month,day,hour | event_type=build/year=2026/month=03/day=07/hour=04/",
        "event_source,event_subtype | event_source=%2Fci/event_subtype=done/",
        "event_id,event_date | event_id=a/event_date=2026-03-07/",
        "payload_hash | payload_hash=0000000000000011/"
      })
  void takesTheColumnsThatAreConfiguredInTheirOrder(String columns, String folder) {
    assertThat(of(columns).folder(event("build", "done", TIME))).isEqualTo(folder);
  }

  @Test
  void namesNullsAsHiveDoes() {
    assertThat(of("event_subtype,event_type").folder(event("", null, TIME)))
        .isEqualTo(
            "event_subtype=__HIVE_DEFAULT_PARTITION__/event_type=__HIVE_DEFAULT_PARTITION__/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"+10000-01-01T00:00:00Z", "0000-12-31T23:59:59Z"})
  void namesATimeThatNoColumnHoldsAsANull(String time) {
    assertThat(of("event_date,hour").folder(event("t", null, Instant.parse(time))))
        .isEqualTo("event_date=__HIVE_DEFAULT_PARTITION__/hour=__HIVE_DEFAULT_PARTITION__/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z"})
  void namesEveryTimeThatAColumnHolds(String time) {
    assertThat(of("year,month,day").folder(event("t", null, Instant.parse(time))))
        .matches("year=\\d{4}/month=\\d{2}/day=\\d{2}/");
  }

  @Test
  void keepsKeysAndNamesAsShortAsStoresAndFileSystemsWantThem() {
    String name = "/01KAJ0Z7Q2M8V5T4R3W9X6Y1ZA-1000000.parquet";
    String value = "ü/".repeat(2_000);
    Event event =
        new Event(
            Batches.unclaimed("s", "a").records().get(0),
            "json",
            EventKey.of("json", "a"),
            -1,
            value,
            value,
            value,
            value,
            TIME,
            Map.of(),
            null);
    List<String> columns = new ArrayList<>();
    for (String column : Partitioning.names()) {
      columns.add(column);
      String folder = keys(new Partitioning(columns)).events(event);

      assertThat((folder + name).getBytes(StandardCharsets.UTF_8).length).isLessThan(1024);
      assertThat(folder.split("/")).allSatisfy(part -> assertThat(part.length()).isLessThan(256));
      assertThat(new Partitioning(List.of(column)).folder(event)).hasSizeLessThan(257);
    }
    assertThat(of("event_type").folder(event)).hasSizeGreaterThan(230);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "color | events can't be partitioned by 'color': choose of event_type, event_subtype,",
        "commit_id | events can't be partitioned by 'commit_id': choose of event_type,",
        "year,year | events can't be partitioned by 'year,year': name one column at least"
      })
  void refusesColumnsThatThereAreNotInOneLine(String columns, String message) {
    assertThatThrownBy(() -> of(columns))
        .isInstanceOf(SetupException.class)
        .hasMessageStartingWith(message)
        .hasMessageNotContaining("\n");
    assertThatThrownBy(() -> new Partitioning(List.of())).isInstanceOf(SetupException.class);
  }

  private static Partitioning of(String columns) {
    return new Partitioning(Arrays.asList(columns.split(",")));
  }

  private static Event event(String type, String subtype, Instant time) {
    return new Event(
        Batches.unclaimed("sqs:events", "a").records().get(0),
        "json",
        EventKey.of("json", "a"),
        17,
        "a",
        type,
        subtype,
        "/ci",
        time,
        Map.of(),
        null);
  }

  @Test
  void putsDuplicatesAloneIntoAnotherFolder() {
    ObjectKeys keys =
        new ObjectKeys(
            new FileLayout(
                new Partitioning(Partitioning.DEFAULT), new FileLimits(1, 1), "duplicated"));
    assertThat(keys.received("duplicates", Batches.NOW)).startsWith("duplicated/received_date=");
    assertThat(keys.received("conflicts", Batches.NOW)).startsWith("conflicts/received_date=");
  }

  private static ObjectKeys keys(Partitioning partitioning) {
    return new ObjectKeys(new FileLayout(partitioning, new FileLimits(1, 1)));
  }
}
