package dev.wadi.tap;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * What an exchange through six steps that do nothing costs: without points, with points that nobody
 * looks at, and with a tap on one of them. Prints nanoseconds of the thread's processor time, which
 * other programs don't change; the variants take turns, round by round, in one process.
 */
public final class TapBenchmark {

  private static final int STEPS = 6;
  private static final int EXCHANGES = 20_000;
  private static final int WARM_UP = 5;

  /** What looks at the third step; {@code none}: the route has no points at all. */
  private static final List<String> VARIANTS =
      List.of("none", "closed", "10", "1/100", "filter", "all", "all-unread");

  private final String variant;
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final ProducerTemplate template;
  private final ObjectNode event = new ObjectMapper().createObjectNode();
  private final Tap open;

  private TapBenchmark(String variant) throws Exception {
    this.variant = variant;
    TappedNodes nodes = new TappedNodes();
    if (!variant.equals("none")) {
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
    for (int n = 0; n < 20; n++) {
      event.put("a_field_of_usual_length_" + n, "a value of a usual length, " + n);
    }
    open = variant.equals("none") || variant.equals("closed") ? null : tap();
    if (open != null) {
      nodes.taps().open(open);
    }
  }

  /**
   * @param args how many rounds
   */
  public static void main(String[] args) throws Exception {
    int rounds = Integer.parseInt(args[0]);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    List<TapBenchmark> all = new ArrayList<>();
    for (String variant : VARIANTS) {
      all.add(new TapBenchmark(variant));
    }
    Map<String, List<Long>> measured = new LinkedHashMap<>();
    for (int round = 0; round < WARM_UP + rounds; round++) {
      for (TapBenchmark each : all) {
        long began = threads.getCurrentThreadCpuTime();
        each.run();
        long nanos = (threads.getCurrentThreadCpuTime() - began) / EXCHANGES;
        if (round >= WARM_UP) {
          measured.computeIfAbsent(each.variant, variant -> new ArrayList<>()).add(nanos);
        }
      }
    }
    measured.forEach(
        (variant, nanos) -> {
          Collections.sort(nanos);
          System.out.printf(
              "%-11s median %6d  least %6d  most %6d%n",
              variant, nanos.get(nanos.size() / 2), nanos.get(0), nanos.get(nanos.size() - 1));
        });
    all.forEach(each -> each.camel.stop());
  }

  private Tap tap() {
    boolean filtered = variant.equals("filter");
    return new Tap(
        "in-2",
        TapFilter.of(filtered ? "a_field_of_usual_length_7=other" : ""),
        Sampling.of(filtered || variant.startsWith("all") ? "1/1" : variant, System::nanoTime),
        1 << 14,
        Clock.systemUTC());
  }

  /** A reader that keeps up takes what there is to take. */
  private void run() {
    boolean isRead = open != null && !variant.equals("all-unread");
    for (int n = 0; n < EXCHANGES; n++) {
      template.sendBody("direct:in", event);
      if (isRead) {
        open.next();
      }
    }
  }
}
