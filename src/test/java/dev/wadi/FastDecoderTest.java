package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.decode.DecodeLimits;
import dev.wadi.event.RandomEvents;
import dev.wadi.fuzz.RowAgreement;
import dev.wadi.ops.Metrics;
import dev.wadi.shape.Shapes;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.Iterator;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The fast way through decoding and flattening gives what the plain way gives, or declines. It
 * stands here since it joins two stages.
 */
@Tag("unit")
class FastDecoderTest {

  private static final int RECORDS = 20_000;
  private static final int DEPTH = 6;

  @ParameterizedTest
  @CsvSource({
    "cdevents, 1",
    "cdevents, 2",
    "json, 3",
    "named-event, 4",
    "simulated-cdevents, 5",
  })
  void takesARecordAsTheDecoderDoesOrDeclinesIt(String shapeName, long seed) {
    RowAgreement agreement =
        new RowAgreement(
            new Shapes(null, Map.of()).named(shapeName),
            DecodeLimits.DEFAULT,
            100_000,
            DEPTH,
            new Metrics(new SimpleMeterRegistry(), Clock.systemUTC()));
    Iterator<byte[]> records = RandomEvents.events(seed);
    for (int n = 0; n < RECORDS; n++) {
      agreement.check(records.next());
    }
    assertThat(agreement.events()).isGreaterThan(RECORDS / 10);
    // declining everything would pass too
    assertThat(agreement.taken()).isGreaterThan(agreement.events() / 4);
  }
}
