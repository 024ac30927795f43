package dev.wadi.bench;

import dev.wadi.decode.DecodeLimits;
import dev.wadi.decode.Decoder;
import dev.wadi.decode.FastDecoder;
import dev.wadi.event.Event;
import dev.wadi.event.Tape;
import dev.wadi.event.TextBlock;
import dev.wadi.flatten.Columns;
import dev.wadi.flatten.Flatten;
import dev.wadi.flatten.TapeSink;
import dev.wadi.ops.Metrics;
import dev.wadi.shape.Shape;
import dev.wadi.shape.Shapes;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Nested JSON to columns: as the live routes do it, and as an ingest does. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(SimulatedEvents.COUNT)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class FlattenBenchmark {

  private static final int MOST_COLUMNS = 2_000;
  private static final int DEPTH = 6;

  private List<Event> events;
  private TextBlock block;
  private Flatten flatten;
  private TapeSink sink;
  private FastDecoder decoder;
  private Tape tape;

  @Setup
  public void setUp() {
    Shape shape = new Shapes(null, Map.of()).named("cdevents");
    Metrics metrics = new Metrics(new SimpleMeterRegistry(), Clock.systemUTC());
    Columns columns = new Columns(MOST_COLUMNS, shape.columns(), metrics);
    Decoder plain = new Decoder(shape, DecodeLimits.DEFAULT, metrics);
    events =
        SimulatedEvents.records().stream().map(record -> (Event) plain.decode(record)).toList();
    block = SimulatedEvents.block();
    flatten = new Flatten(columns, DEPTH);
    sink = new TapeSink(columns);
    decoder = new FastDecoder(shape, DecodeLimits.DEFAULT, DEPTH, sink, metrics);
    tape = new Tape();
  }

  /** A map for each event, from its tree. */
  @Benchmark
  public void flatten(Blackhole hole) {
    for (Event event : events) {
      hole.consume(flatten.flatten(event.document(), event.derived()));
    }
  }

  /**
   * Values on a tape, as the decoder meets them: so the decoding is in it, and what this takes
   * beyond {@link DecodeBenchmark#fastDecoder} is the flattening.
   */
  @Benchmark
  public Tape decodeOntoTape() {
    tape.start(block.bytes());
    sink.use(tape);
    for (int n = 0; n < block.count(); n++) {
      if (!decoder.decode(block.bytes(), block.start(n), block.end(n))) {
        throw new IllegalStateException("record " + n + " is declined");
      }
      decoder.giveId(sink.id());
      decoder.giveSource(sink.source());
      sink.derived(decoder.derived());
      tape.endRecord();
    }
    return tape;
  }
}
