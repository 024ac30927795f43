package dev.wadi.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.SetupException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class PlanTest {

  private static final String OWN = "classpath:routes/31-event.camel.yaml";
  private static final String MINE = "file:/routes/mine.yaml";
  private static final String OTHER = "file:/routes/other.yaml";

  @Test
  void leavesRoutesOfOneFileAloneThatAreTheSame() {
    Plan plan =
        plan(
            new RouteSet().users(MINE, route("a", "1") + route("b", "1") + route("gone", "1")),
            new RouteSet().users(MINE, route("a", "1") + route("b", "2") + route("new", "1")));
    assertThat(plan.removed()).containsExactlyInAnyOrder("b", "gone");
    assertThat(plan.added()).isEqualTo(Map.of(MINE, Set.of("b", "new")));
    assertThat(plan.whole()).isFalse();
    assertThat(plan.back().removed()).containsExactlyInAnyOrder("b", "new");
    assertThat(plan.back().addedIds()).containsExactlyInAnyOrder("b", "gone");
  }

  @Test
  void changesAllRoutesOfAFileWhoseErrorHandlingChanges() {
    String handling = "- onException:\n    exception: [java.lang.Exception]\n    id: %s\n";
    Plan plan =
        plan(
            new RouteSet()
                .users(MINE, handling.formatted("x") + route("a", "1"))
                .users(OTHER, route("b", "1")),
            new RouteSet()
                .users(MINE, handling.formatted("y") + route("a", "1"))
                .users(OTHER, route("b", "1")));
    assertThat(plan.ids()).containsExactly("a");
  }

  @Test
  void givesWadisOwnRouteBackWhenItsReplacementIsGone() {
    RouteSet replaced = new RouteSet().users(MINE, route("event", "2"));
    RouteSet own = new RouteSet().own(OWN, route("event", "1"));
    assertThat(plan(replaced, own).removed()).containsExactly("event");
    assertThat(plan(replaced, own).added()).isEqualTo(Map.of(OWN, Set.of("event")));
    assertThat(plan(own, replaced).added()).isEqualTo(Map.of(MINE, Set.of("event")));
  }

  @Test
  void changesAllFilesButWadisOwnWhereBeansChange() {
    String beans = "- beans:\n    - name: mine\n      type: %s\n";
    Plan plan =
        plan(
            new RouteSet()
                .own(OWN, route("event", "1"))
                .users(MINE, route("a", "1"))
                .users(OTHER, beans.formatted("A")),
            new RouteSet().own(OWN, route("event", "1")).users(MINE, route("a", "1")));
    assertThat(plan.whole()).isTrue();
    assertThat(plan.ids()).containsExactly("a");
    assertThat(plan.forgottenBeans()).containsExactly("mine");
  }

  @Test
  void changesAWholeFileThatRefersFromOnePlaceToAnother() {
    String anchored =
        "- route: {id: a, from: &where {uri: 'timer:%s'}}\n- route: {id: b, from: *where}\n";
    Plan plan =
        plan(
            new RouteSet().users(MINE, anchored.formatted("1")),
            new RouteSet().users(MINE, anchored.formatted("2")));
    assertThat(plan.ids()).containsExactly("a", "b");
  }

  @Test
  void doesNothingForAWordBetweenRoutes() {
    Plan plan =
        plan(
            new RouteSet().users(MINE, route("a", "1")),
            new RouteSet().users(MINE, "# as before\n" + route("a", "1")));
    assertThat(plan.isNothing()).isTrue();
  }

  @Test
  void leavesToAStartWhatCountsForRoutesThatItDoesNotKnow() {
    String before = route("a", "1");
    String configured = "- routeConfiguration:\n    id: c\n" + before;
    assertThatThrownBy(
            () -> plan(new RouteSet().users(MINE, before), new RouteSet().users(MINE, configured)))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining(
            "/routes/mine.yaml:1: routeConfiguration takes effect at a start only");
    // the same as before is no change of it
    assertThat(
            plan(
                    new RouteSet().users(MINE, configured),
                    new RouteSet().users(MINE, configured + route("b", "1")))
                .ids())
        .containsExactly("b");
  }

  @Test
  void keepsWadisOwnBeansFromBeingReplaced() {
    assertThatThrownBy(
            () ->
                Plan.between(
                    new RouteSet(),
                    new RouteSet().users(MINE, "- beans:\n    - name: decode\n      type: X\n"),
                    Set.of("decode")))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("the bean decode is Wadi's own");
  }

  private static Plan plan(RouteSet from, RouteSet to) {
    return Plan.between(from, to, Set.of());
  }

  private static String route(String id, String text) {
    return "- route:\n    id: %s\n    from:\n      uri: timer:%s%s\n".formatted(id, id, text);
  }
}
