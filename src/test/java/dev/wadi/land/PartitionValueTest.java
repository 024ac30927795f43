package dev.wadi.land;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class PartitionValueTest {

  @ParameterizedTest
  @CsvSource({
    "pipelinerun.finished, pipelinerun.finished",
    "'payment:order', payment%3Aorder",
    "'../../etc', ..%2F..%2Fetc",
    "'..', %2E%2E",
    "'.', %2E",
    "'''; DROP TABLE x', '%27%3B%20DROP%20TABLE%20x'",
    "'a=b%', a%3Db%25",
    "wörk, w%C3%B6rk"
  })
  void escapesWhatCouldLeaveItsFolder(String value, String escaped) {
    assertThat(PartitionValue.escape(value, 200)).isEqualTo(escaped);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "a/b", "a//b", "\u0000", "\n", "\ud800"})
  void neverHoldsASlashOrControl(String value) {
    assertThat(PartitionValue.escape(value, 200)).matches("[A-Za-z0-9._%-]+");
  }

  @ParameterizedTest
  @ValueSource(ints = {95, 96, 97, 98, 99, 100, 101})
  void isCutBehindAWholeCharacter(int most) {
    String escaped = PartitionValue.escape("ü名😀a".repeat(500), most);

    assertThat(escaped.length()).isBetween(most - 12, most);
    assertThat("ü名😀a".repeat(500)).startsWith(URLDecoder.decode(escaped, StandardCharsets.UTF_8));
  }

  @Test
  void isNotCutIfItFits() {
    assertThat(PartitionValue.escape("x".repeat(100), 100)).hasSize(100);
    assertThat(PartitionValue.escape("x".repeat(101), 100)).hasSize(100);
  }
}
