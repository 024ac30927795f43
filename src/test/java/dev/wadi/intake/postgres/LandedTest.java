package dev.wadi.intake.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class LandedTest {

  @Test
  void readsATableAnewThatWasOutOfTheSettings() {
    Landed both = new Landed("wadi", "1", "shop", "0/1", List.of("public.a", "public.b"), null);
    Landed without = both.of(Table.list("a"));
    assertThat(without.snapshot()).containsExactly("public.a");
    assertThat(without.unread(Table.list("a,b"))).isEqualTo(Table.list("b"));
    assertThat(without.left()).isEqualTo(Map.of("public.b", "0/1"));
    assertThat(both.of(Table.list("b,a"))).isEqualTo(both);
  }
}
