package dev.wadi.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.decode.DecodeLimits;
import dev.wadi.decode.Decoder;
import dev.wadi.decode.FastDecoder;
import dev.wadi.event.Event;
import dev.wadi.event.Original;
import dev.wadi.event.SourceRecord;
import dev.wadi.event.Tape;
import dev.wadi.flatten.Columns;
import dev.wadi.flatten.Flatten;
import dev.wadi.flatten.TapeSink;
import dev.wadi.ops.Metrics;
import dev.wadi.shape.Shape;
import dev.wadi.shape.Shapes;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What is remembered of events, so that the next ones are read faster, doesn't grow with what their
 * authors write: a few thousand events with long names of members must not fill the memory.
 */
@Tag("unit")
class LongNamesTest {

  private static final int EVENTS = 400;
  private static final String LONG = "n".repeat(100_000);

  /** Remembering half of the names would take more. */
  private static final long BOUND = 16 << 20;

  private static final String EVENT =
      "{\"context\":{\"specversion\":\"%s\",\"id\":\"1\",\"source\":\"/ci\","
          + "\"type\":\"dev.cdevents.build.queued.0.3.0\",\"timestamp\":\"2026-11-21T12:00:00Z\"},"
          + "\"subject\":{\"id\":\"s\",\"content\":{}},\"customData\":{\"%s\":1}}";

  private final Metrics metrics = new Metrics(new SimpleMeterRegistry(), Clock.systemUTC());
  private final Shape shape = new Shapes(null, Map.of()).named("cdevents");
  private final Columns columns = new Columns(1_000, shape.columns(), metrics);
  private final Decoder decoder = new Decoder(shape, DecodeLimits.DEFAULT, metrics);
  private final Flatten flatten = new Flatten(columns, 16);
  private final TapeSink sink = new TapeSink(columns);
  private final FastDecoder fast = new FastDecoder(shape, DecodeLimits.DEFAULT, 16, sink, metrics);

  @Test
  void decodingRemembersNone() {
    assertKeepsNothing(n -> assertThat(decoded(EVENT.formatted("0.5.1", LONG + n))).isNotNull());
  }

  @Test
  void decodingRemembersNoneOfWhatIsNotJson() {
    assertKeepsNothing(
        n -> {
          byte[] bytes = bytes("{\"" + LONG + n + "\" 1}");
          assertThat(decoder.decode(record(bytes))).isNotInstanceOf(Event.class);
        });
  }

  @Test
  void lookingForChangesRemembersNone() {
    assertKeepsNothing(
        n -> {
          byte[] bytes = bytes(EVENT.formatted("0.5.1", LONG + n));
          Event event = (Event) decoder.decode(record(bytes));
          assertThat(Original.isStill(bytes, event.document())).isTrue();
          assertThat(Original.isStill(bytes("{\"" + LONG + n + "\" 1}"), event.document()))
              .isFalse();
        });
  }

  @Test
  void flatteningMakesNoColumnOfOne() {
    assertKeepsNothing(
        n -> {
          Event event = decoded(EVENT.formatted("0.5.1", LONG + n));
          Map<String, Object> row = flatten.flatten(event.document(), event.derived());
          assertThat(row.keySet()).noneMatch(name -> name.startsWith("custom_data"));
        });
    assertThat(columns.count()).isLessThan(20);
  }

  @Test
  void decodingFastRemembersNone() {
    assertKeepsNothing(n -> decodeFast(EVENT.formatted("0.5.1", LONG + n)));
  }

  @Test
  void decodingFastRemembersNoVersion() {
    assertKeepsNothing(n -> decodeFast(EVENT.formatted(LONG + n, "custom")));
  }

  private void decodeFast(String event) {
    byte[] bytes = bytes(event);
    Tape tape = new Tape();
    tape.start(bytes);
    sink.use(tape);
    fast.decode(bytes, 0, bytes.length);
  }

  private Event decoded(String event) {
    return (Event) decoder.decode(record(bytes(event)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static SourceRecord record(byte[] bytes) {
    return new SourceRecord("test", "1", bytes, Instant.EPOCH, 1);
  }

  private void assertKeepsNothing(Consumer<Integer> each) {
    // what is made once is no growth
    each.accept(-1);
    long before = Heap.used();
    for (int n = 0; n < EVENTS; n++) {
      each.accept(n);
    }
    assertThat(Heap.used() - before).as("bytes that %s names leave", EVENTS).isLessThan(BOUND);
    // or all of it could be gone already
    assertThat(decoder).isNotNull();
    assertThat(fast.payloadHash()).isNotEqualTo(1);
  }
}
