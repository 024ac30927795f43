package dev.wadi.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.decode.DecodeLimits;
import dev.wadi.decode.Decoder;
import dev.wadi.decode.FastDecoder;
import dev.wadi.event.Decoded;
import dev.wadi.event.Event;
import dev.wadi.event.SourceRecord;
import dev.wadi.event.Tape;
import dev.wadi.flatten.Columns;
import dev.wadi.flatten.Flatten;
import dev.wadi.flatten.TapeSink;
import dev.wadi.ops.Metrics;
import dev.wadi.shape.Shape;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * That the fast way through decoding and flattening gives what the plain way gives, column by
 * column, or declines.
 */
public final class RowAgreement {

  private final Columns columns;
  private final Decoder decoder;
  private final Flatten flatten;
  private final FastDecoder fast;
  private final TapeSink sink;
  private final Tape tape = new Tape();
  private int records;
  private int events;
  private int taken;

  public RowAgreement(
      Shape shape, DecodeLimits limits, int maxColumns, int depth, Metrics metrics) {
    // all columns are made by the plain way first, so that both know the same ones
    columns = new Columns(maxColumns, shape.columns(), metrics);
    decoder = new Decoder(shape, limits, metrics);
    flatten = new Flatten(columns, depth);
    sink = new TapeSink(columns);
    fast = new FastDecoder(shape, limits, depth, sink, metrics);
    sink.use(tape);
  }

  /** How many of the inputs were events. */
  public int events() {
    return events;
  }

  /** How many of them the fast way took. */
  public int taken() {
    return taken;
  }

  /** Leads an input both ways. */
  public void check(byte[] bytes) {
    // in the middle of other bytes, as in a block
    byte[] head = ("\"}" + "x".repeat(records++ % 9)).getBytes(StandardCharsets.UTF_8);
    byte[] block = concat(head, bytes, "\"}]".getBytes(StandardCharsets.UTF_8));
    Decoded decoded = decoder.decode(new SourceRecord("test", "1", bytes, Instant.EPOCH, 1));
    Map<String, Object> row = null;
    if (decoded instanceof Event event) {
      events++;
      row = flatten.flatten(event.document(), event.derived());
    }
    tape.start(block);
    if (!fast.decode(block, head.length, head.length + bytes.length)) {
      return;
    }
    taken++;
    String text = new String(bytes, StandardCharsets.UTF_8);
    assertThat(decoded).as(text).isInstanceOf(Event.class);
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
    assertThat(row()).as(text).isEqualTo(row);
  }

  private Map<String, Object> row() {
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
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
