package dev.wadi.intake.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class PositionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"7", "49590338271490256608559692538361571095921575989136588898.12", "0.0"})
  void readsWhatItWrote(String text) {
    assertThat(Position.parse(text).text()).isEqualTo(text);
  }

  @Test
  void comparesNumbersAndNotTheirTexts() {
    assertThat(Position.parse("9")).isLessThan(Position.parse("10"));
    assertThat(Position.parse("9.9")).isLessThan(Position.parse("9.10"));
    assertThat(Position.parse("9.10")).isLessThan(Position.parse("10"));
    assertThat(Position.parse("9")).isEqualByComparingTo(Position.parse("9.0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "LATEST", "1.", ".1", "1.x"})
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> Position.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
