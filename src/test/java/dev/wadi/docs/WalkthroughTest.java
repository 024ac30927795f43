package dev.wadi.docs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class WalkthroughTest {

  @Test
  void takesAnythingForDotsAndAnyWidthForSpaces() {
    assertThat(" id   | n\n-----\n a...z | 1\n...\n(2 rows)")
        .satisfies(
            shown ->
                assertThat("id | n\n-----\n abcz |   1\n b | 2\n(2 rows)")
                    .matches(Walkthrough.shown(shown)));
  }

  @Test
  void takesNothingElse() {
    assertThat("{\"accepted\":2}").doesNotMatch(Walkthrough.shown("{\"accepted\":1}"));
    assertThat("OK: fine\nmore").doesNotMatch(Walkthrough.shown("OK: fine"));
  }
}
