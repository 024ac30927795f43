package dev.wadi.bench;

import dev.wadi.decode.DecodeLimits;
import dev.wadi.decode.Decoder;
import dev.wadi.decode.FastDecoder;
import dev.wadi.event.SourceRecord;
import dev.wadi.event.TextBlock;
import dev.wadi.event.ValueSink;
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

/** Bytes to checked, hashed events: as the live routes do it, and as an ingest does. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(SimulatedEvents.COUNT)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class DecodeBenchmark {

  private static final int DEPTH = 6;

  private List<SourceRecord> records;
  private TextBlock block;
  private Decoder plain;
  private FastDecoder fast;

  @Setup
  public void setUp() {
    Shape shape = new Shapes(null, Map.of()).named("cdevents");
    Metrics metrics = new Metrics(new SimpleMeterRegistry(), Clock.systemUTC());
    records = SimulatedEvents.records();
    block = SimulatedEvents.block();
    plain = new Decoder(shape, DecodeLimits.DEFAULT, metrics);
    fast = new FastDecoder(shape, DecodeLimits.DEFAULT, DEPTH, new Nowhere(), metrics);
  }

  /** With a tree of the document, for steps to change. */
  @Benchmark
  public void decoder(Blackhole hole) {
    for (SourceRecord record : records) {
      hole.consume(plain.decode(record));
    }
  }

  /** Without one; the values go nowhere. */
  @Benchmark
  public void fastDecoder(Blackhole hole) {
    for (int n = 0; n < block.count(); n++) {
      if (!fast.decode(block.bytes(), block.start(n), block.end(n))) {
        throw new IllegalStateException("record " + n + " is declined");
      }
      hole.consume(fast.payloadHash());
    }
  }

  private static final class Nowhere implements ValueSink {

    private long sum;

    @Override
    public Object place(List<String> names) {
      return names;
    }

    @Override
    public void text(Object place, byte[] bytes, int from, int length) {
      sum += length;
    }

    @Override
    public void json(Object place, byte[] bytes, int from, int length) {
      sum += length;
    }

    @Override
    public void integer(Object place, long value) {
      sum += value;
    }

    @Override
    public void decimal(Object place, double value) {
      sum++;
    }

    @Override
    public void bool(Object place, boolean value) {
      sum++;
    }
  }
}
