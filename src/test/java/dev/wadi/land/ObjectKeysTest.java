package dev.wadi.land;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.event.Event;
import dev.wadi.event.EventKey;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class ObjectKeysTest {

  @ParameterizedTest
  @CsvSource({
    "pipelinerun.finished, pipelinerun.finished",
    "'payment:order', payment%3Aorder",
    "'../../etc', ..%2F..%2Fetc",
    "'..', %2E%2E",
    "'.', %2E",
    "'''; DROP TABLE x', '%27%3B%20DROP%20TABLE%20x'",
    "'a=b%', a%3Db%25",
    "wörk, w%C3%B6rk"
  })
  void escapesWhatCouldLeaveItsFolder(String value, String escaped) {
    assertThat(ObjectKeys.escape(value)).isEqualTo(escaped);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "a/b", "a//b", "\u0000", "\n"})
  void neverHoldsASlashOrControl(String value) {
    assertThat(ObjectKeys.escape(value)).matches("[A-Za-z0-9._%-]+");
  }

  @Test
  void boundsTheLengthOfAKey() {
    assertThat(ObjectKeys.escape("ü".repeat(5_000))).hasSizeLessThan(410);
  }

  @Test
  void partitionsByTypeAndDayInUtc() {
    Event event =
        new Event(
            Batches.unclaimed("sqs:events", "a").records().get(0),
            "json",
            EventKey.of("json", "a"),
            1,
            "a",
            "build/finished",
            null,
            null,
            Instant.parse("2026-11-20T23:59:59.999Z"),
            Map.of(),
            null);
    assertThat(ObjectKeys.events(event))
        .isEqualTo("events/event_type=build%2Ffinished/event_date=2026-11-20/");
    assertThat(ObjectKeys.received("conflicts", Batches.NOW))
        .isEqualTo("conflicts/received_date=2026-11-21/");
  }
}
