package dev.wadi.ingest;

import dev.wadi.decode.Decoder;
import dev.wadi.decode.FastDecoder;
import dev.wadi.event.Decoded;
import dev.wadi.event.Event;
import dev.wadi.event.EventBlock;
import dev.wadi.event.Rejected;
import dev.wadi.event.SourceRecord;
import dev.wadi.event.Tape;
import dev.wadi.flatten.Flatten;
import dev.wadi.flatten.TapeSink;
import dev.wadi.intake.file.Block;
import dev.wadi.intake.file.Broken;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;

/**
 * Decodes and flattens whole blocks: fast where a record is as usual, and by the same steps as the
 * live routes where it isn't. Not thread-safe: each thread has its own.
 */
public final class BlockDecoder {

  /** The stage of a record that the file itself breaks. */
  private static final String INTAKE = "intake";

  private final String source;
  private final String shape;
  private final FastDecoder fast;
  private final Decoder decoder;
  private final Flatten flatten;
  private final TapeSink sink;
  private final Clock clock;

  /**
   * @param source the source's name
   * @param shape the name of the shape that both decoders read by
   * @param sink what {@code fast} gives its values to
   */
  public BlockDecoder(
      String source,
      String shape,
      FastDecoder fast,
      Decoder decoder,
      Flatten flatten,
      TapeSink sink,
      Clock clock) {
    this.source = source;
    this.shape = shape;
    this.fast = fast;
    this.decoder = decoder;
    this.flatten = flatten;
    this.sink = sink;
    this.clock = clock;
  }

  /**
   * Decodes a block.
   *
   * @param tape gets the columns; what it had is gone
   */
  EventBlock decode(Block block, Tape tape) {
    EventBlock events = new EventBlock(block, clock.instant(), tape);
    tape.start(block.bytes());
    sink.use(tape);
    for (int n = 0; n < block.count(); n++) {
      Broken broken = block.broken(n);
      if (broken != null) {
        events.reject(n, rejected(record(block, n, events.receivedAt()), broken));
      } else if (fast.decode(block.bytes(), block.start(n), block.end(n))) {
        take(n, events);
      } else {
        decodeSlowly(block, n, events);
      }
      tape.endRecord();
    }
    return events;
  }

  private void take(int n, EventBlock events) {
    fast.giveId(sink.id());
    fast.giveSource(sink.source());
    sink.derived(fast.derived());
    events.event(
        n,
        fast.keyHigh(),
        fast.keyLow(),
        fast.payloadHash(),
        fast.type().type(),
        fast.type().subtype(),
        fast.time());
  }

  private void decodeSlowly(Block block, int n, EventBlock events) {
    Decoded decoded = decoder.decode(record(block, n, events.receivedAt()));
    if (decoded instanceof Rejected rejected) {
      events.reject(n, rejected);
      return;
    }
    Event event = (Event) decoded;
    sink.row(event.id(), event.source(), flatten.flatten(event.document(), event.derived()));
    events.event(
        n,
        event.key().high(),
        event.key().low(),
        event.payloadHash(),
        event.type(),
        event.subtype(),
        event.time());
  }

  private SourceRecord record(Block block, int n, Instant receivedAt) {
    byte[] bytes = Arrays.copyOfRange(block.bytes(), block.start(n), block.end(n));
    return new SourceRecord(source, block.position(n), bytes, receivedAt, 1);
  }

  private Rejected rejected(SourceRecord record, Broken broken) {
    return new Rejected(record, shape, INTAKE, broken.reason(), broken.rule(), broken.message());
  }
}
