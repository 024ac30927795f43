package dev.wadi.tap;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What an exchange through six steps takes: without taps, with one that is closed, and open. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TapBenchmark {

  private static final int STEPS = 6;

  /** What looks at the third step; {@code none}: the routes have no points at all. */
  @Param({"none", "closed", "10", "1/100", "all", "all-unread", "filter"})
  private String tap;

  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final TappedNodes nodes = new TappedNodes();
  private ProducerTemplate template;
  private ObjectNode event;
  private Tap open;

  @Setup
  public void setUp() throws Exception {
    if (!tap.equals("none")) {
      camel.getCamelContextExtension().addInterceptStrategy(nodes);
    }
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            var route = from("direct:in").routeId("in");
            for (int step = 0; step < STEPS; step++) {
              route.process(exchange -> {}).id("in-" + step);
            }
          }
        });
    camel.start();
    template = camel.createProducerTemplate();
    event = new ObjectMapper().createObjectNode();
    for (int n = 0; n < 20; n++) {
      event.put("a_field_of_usual_length_" + n, "a value of a usual length, " + n);
    }
    if (!tap.equals("none") && !tap.equals("closed")) {
      String sample = tap.startsWith("all") || tap.equals("filter") ? "1/1" : tap;
      open =
          new Tap(
              "in-2",
              TapFilter.of(tap.equals("filter") ? "a_field_of_usual_length_7=other" : ""),
              Sampling.of(sample, System::nanoTime),
              1 << 14,
              Clock.systemUTC());
      nodes.taps().open(open);
    }
  }

  @TearDown
  public void tearDown() {
    camel.stop();
  }

  /** An exchange; a reader that keeps up takes what there is to take. */
  @Benchmark
  public Object exchange() {
    template.sendBody("direct:in", event);
    return open == null || tap.equals("all-unread") ? null : open.next();
  }
}
