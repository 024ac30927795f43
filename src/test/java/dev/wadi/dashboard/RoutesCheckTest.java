package dev.wadi.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.ops.ChangingRoutes;
import dev.wadi.ops.HealthCheck.State;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class RoutesCheckTest {

  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final Set<String> changing = ConcurrentHashMap.newKeySet();
  private final RoutesCheck check = new RoutesCheck(() -> camel);

  @BeforeEach
  void runsTwoRoutesAndOneThatIsNotStarted() throws Exception {
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:a").routeId("a").log("a");
            from("direct:b").routeId("b").log("b");
            from("direct:c").routeId("c").autoStartup(false).log("c");
          }
        });
    camel.start();
    ChangingRoutes routes = changing::contains;
    camel.getRegistry().bind("changing", ChangingRoutes.class, routes);
  }

  @AfterEach
  void stops() {
    camel.stop();
  }

  @Test
  void leavesOutOnlyWhatIsBeingChanged() throws Exception {
    assertThat(check.ask().state()).isEqualTo(State.UP);
    camel.getRouteController().stopRoute("a");
    assertThat(check.ask().detail()).isEqualTo("not running: a");
    changing.add("a");
    assertThat(check.ask().state()).isEqualTo(State.UP);
    camel.getRouteController().stopRoute("b");
    assertThat(check.ask().state()).isEqualTo(State.DOWN);
    assertThat(check.ask().detail()).isEqualTo("not running: b");
  }
}
