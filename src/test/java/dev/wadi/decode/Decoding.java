package dev.wadi.decode;

import dev.wadi.event.Decoded;
import dev.wadi.event.Event;
import dev.wadi.event.Rejected;
import dev.wadi.event.SourceRecord;
import dev.wadi.ops.Metrics;
import dev.wadi.shape.Shape;
import dev.wadi.shape.Shapes;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/** A decoder of one shape with the default limits, and short ways to use it. */
final class Decoding {

  static final String CONTEXT =
      "\"context\":{\"specversion\":\"0.5.1\",\"id\":\"1\",\"source\":\"/ci\","
          + "\"type\":\"dev.cdevents.build.queued.0.3.0\",\"timestamp\":\"2026-11-21T12:00:00Z\"}";

  final Metrics metrics = new Metrics(new SimpleMeterRegistry(), Clock.systemUTC());
  private final Shape shape;
  private final Decoder decoder;

  Decoding(String shape) {
    this(shape, DecodeLimits.DEFAULT);
  }

  Decoding(String shape, DecodeLimits limits) {
    this(new Shapes(null, Map.of()).named(shape), limits);
  }

  Decoding(Shape shape, DecodeLimits limits) {
    this.shape = shape;
    this.decoder = new Decoder(shape, limits, metrics);
  }

  static SourceRecord record(byte[] bytes) {
    return new SourceRecord("test", "1", bytes, Instant.EPOCH, 1);
  }

  /** A valid CDEvent with this as its customData. */
  static String withCustomData(String json) {
    return "{"
        + CONTEXT
        + ",\"subject\":{\"id\":\"s\",\"content\":{}},\"customData\":"
        + json
        + "}";
  }

  Shape shape() {
    return shape;
  }

  Decoder decoder() {
    return decoder;
  }

  Decoded decode(byte[] bytes) {
    return decoder.decode(record(bytes));
  }

  Event event(String json) {
    Decoded decoded = decode(json.getBytes(StandardCharsets.UTF_8));
    if (decoded instanceof Rejected rejected) {
      throw new AssertionError(rejected.reason() + ": " + rejected.message());
    }
    return (Event) decoded;
  }

  Rejected rejected(String json) {
    return rejected(json.getBytes(StandardCharsets.UTF_8));
  }

  Rejected rejected(byte[] bytes) {
    if (decode(bytes) instanceof Rejected rejected) {
      return rejected;
    }
    throw new AssertionError("it is an event: " + new String(bytes, StandardCharsets.UTF_8));
  }

  double unknown(String kind) {
    return metrics.registry().counter("wadi.decode.unknown", "kind", kind).count();
  }
}
