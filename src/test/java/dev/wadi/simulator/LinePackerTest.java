package dev.wadi.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.simulator.Emission.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class LinePackerTest {

  @Test
  void putsEveryEventOnALineAlsoABrokenOne() {
    assertThat(new LinePacker(100).pack(List.of(event("{\"ä\":1}"), event("{\"n\":"))))
        .containsExactly(new Message("{\"ä\":1}\n{\"n\":\n", 2));
  }

  @Test
  void goesOnInAnotherFileBeyondTheLimit() {
    // two bytes each, with the line's end three
    List<Emission> three = List.of(event("10"), event("11"), event("12"));
    assertThat(new LinePacker(6).pack(three))
        .containsExactly(new Message("10\n11\n", 2), new Message("12\n", 1));
    assertThat(new LinePacker(1).pack(three)).hasSize(3);
  }

  @Test
  void makesNoFileOfNothing() {
    assertThat(new LinePacker(6).pack(List.of())).isEmpty();
  }

  private static Emission event(String json) {
    return new Emission(json.getBytes(StandardCharsets.UTF_8), Kind.GENUINE, true);
  }
}
