package dev.wadi.land.compact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class CompactStepTest {

  private static final CompactionReport REPORT =
      new CompactionReport(1, 1, 2, 1, 2, 2, 1, 0, 0, List.of());

  @Test
  void putsTheReportIntoTheBodyAndStopsWithTheRoutes() throws Exception {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      camel.start();
      Exchange exchange = new DefaultExchange(camel);
      List<Boolean> stopping = new ArrayList<>();

      new CompactStep(
              asked -> {
                stopping.add(asked.getAsBoolean());
                camel.stop();
                stopping.add(asked.getAsBoolean());
                return REPORT;
              })
          .process(exchange);

      assertThat(exchange.getMessage().getBody()).isEqualTo(REPORT);
      assertThat(stopping).containsExactly(false, true);
    }
  }
}
