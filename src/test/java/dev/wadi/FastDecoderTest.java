package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.decode.DecodeLimits;
import dev.wadi.decode.Decoder;
import dev.wadi.decode.FastDecoder;
import dev.wadi.event.Decoded;
import dev.wadi.event.Event;
import dev.wadi.event.RandomEvents;
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
import java.util.Iterator;
import java.util.LinkedHashMap;
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

  private final Metrics metrics = new Metrics(new SimpleMeterRegistry(), Clock.systemUTC());

  @ParameterizedTest
  @CsvSource({
    "cdevents, 1",
    "cdevents, 2",
    "json, 3",
    "named-event, 4",
    "simulated-cdevents, 5",
  })
  void takesARecordAsTheDecoderDoesOrDeclinesIt(String shapeName, long seed) {
    Shape shape = new Shapes(null, Map.of()).named(shapeName);
    // all columns are made by the plain way first, so that both know the same ones
    Columns columns = new Columns(100_000, shape.columns(), metrics);
    Decoder decoder = new Decoder(shape, DecodeLimits.DEFAULT, metrics);
    Flatten flatten = new Flatten(columns, DEPTH);
    TapeSink sink = new TapeSink(columns);
    FastDecoder fast = new FastDecoder(shape, DecodeLimits.DEFAULT, DEPTH, sink, metrics);
    Tape tape = new Tape();
    sink.use(tape);
    Iterator<byte[]> records = RandomEvents.events(seed);
    int taken = 0;
    int events = 0;
    for (int n = 0; n < RECORDS; n++) {
      byte[] bytes = records.next();
      // in the middle of other bytes, as in a block
      byte[] block = ("\"}" + "x".repeat(n % 9)).getBytes(StandardCharsets.UTF_8);
      int from = block.length;
      block = concat(block, bytes, "\"}]".getBytes(StandardCharsets.UTF_8));
      Decoded decoded =
          decoder.decode(new SourceRecord("test", String.valueOf(n), bytes, Instant.EPOCH, 1));
      Map<String, Object> row = null;
      if (decoded instanceof Event event) {
        events++;
        row = flatten.flatten(event.document(), event.derived());
      }
      tape.start(block);
      if (fast.decode(block, from, from + bytes.length)) {
        taken++;
        assertThat(decoded)
            .as(() -> new String(bytes, StandardCharsets.UTF_8))
            .isInstanceOf(Event.class);
        Event event = (Event) decoded;
        assertThat(fast.keyHigh()).isEqualTo(event.key().high());
        assertThat(fast.keyLow()).isEqualTo(event.key().low());
        assertThat(fast.payloadHash()).isEqualTo(event.payloadHash());
        assertThat(fast.type().type()).isEqualTo(event.type());
        assertThat(fast.type().subtype()).isEqualTo(event.subtype());
        assertThat(fast.time()).isEqualTo(event.time());
        assertThat(fast.id()).isEqualTo(event.id());
        assertThat(fast.source()).isEqualTo(event.source());
        sink.derived(fast.derived());
        tape.endRecord();
        assertThat(read(tape, columns))
            .as(() -> new String(bytes, StandardCharsets.UTF_8))
            .isEqualTo(row);
      }
    }
    assertThat(events).isGreaterThan(RECORDS / 10);
    // declining everything would pass too
    assertThat(taken).isGreaterThan(events / 4);
  }

  private static Map<String, Object> read(Tape tape, Columns columns) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (int at = tape.from(0); at < tape.to(0); at++) {
      String name = columns.numbered(tape.column(at) - Tape.FIRST_COLUMN).name();
      Object value =
          switch (tape.kind(at)) {
            case TEXT, OTHER_TEXT ->
                new String(
                    tape.bytes(at), tape.textFrom(at), tape.textLength(at), StandardCharsets.UTF_8);
            case INTEGER -> tape.bits(at);
            case DECIMAL -> Double.longBitsToDouble(tape.bits(at));
            case BOOL -> tape.bits(at) == 1;
            case MICROS ->
                Instant.ofEpochSecond(
                    Math.floorDiv(tape.bits(at), 1_000_000L),
                    Math.floorMod(tape.bits(at), 1_000_000L) * 1_000);
          };
      assertThat(row.put(name, value)).as(name).isNull();
    }
    return row;
  }

  private static byte[] concat(byte[]... parts) {
    java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
