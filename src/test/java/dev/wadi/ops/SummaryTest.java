package dev.wadi.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class SummaryTest {

  private final Summary summary =
      new Summary(new Totals(1_100, 100, 940, 20, 10, 25, 5, 3, 0), 31, Duration.ofMillis(12_345));

  @Test
  void isOneJsonObjectWithoutWhatWasGivenBack() {
    assertThat(summary.json())
        .isEqualTo(
            "{\"received\":1000,\"landed\":940,\"duplicates\":20,\"conflicts\":10,\"rejected\":25,"
                + "\"filtered\":5,\"files\":31,\"seconds\":12.345}");
  }

  @Test
  void isTheLawForAPerson() {
    assertThat(summary.text())
        .isEqualTo(
            "received 1,000 = landed 940 + duplicates 20 + conflicts 10 + rejected 25 + filtered 5"
                + " (31 files, 12.3 s)");
  }

  @Test
  void namesWhatIsStillInFlight() {
    Summary cut = new Summary(new Totals(10, 0, 4, 0, 0, 0, 0, 0, 6), 1, Duration.ofSeconds(1));

    assertThat(cut.text()).contains("+ filtered 0 + in flight 6 (1 files");
  }
}
