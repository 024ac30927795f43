package dev.wadi.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.ops.StageTimes.Stage;
import dev.wadi.ops.StageTimes.Taken;
import java.io.IOException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class StageTimesTest {

  @Test
  void addsUpWhatAStageTakesAndNothingToOthers() {
    StageTimes times = StageTimes.on();
    long sum = times.time(Stage.DECODE, () -> LongStream.range(0, 20_000_000).sum());
    Taken once = times.taken().get(Stage.DECODE);
    times.run(Stage.DECODE, () -> LongStream.range(0, sum % 1_000_000 + 20_000_000).sum());
    Taken twice = times.taken().get(Stage.DECODE);
    assertThat(once.seconds()).isPositive();
    assertThat(twice.seconds()).isGreaterThan(once.seconds());
    assertThat(twice.cpuSeconds()).isGreaterThanOrEqualTo(once.cpuSeconds()).isPositive();
    assertThat(times.taken().get(Stage.WRITE)).isEqualTo(new Taken(0, 0));
  }

  @Test
  void countsWorkThatFails() {
    StageTimes times = StageTimes.on();
    assertThatThrownBy(
            () ->
                times.run(
                    Stage.FSYNC,
                    () -> {
                      throw new IOException("no");
                    }))
        .isInstanceOf(IOException.class);
    assertThat(times.taken().get(Stage.FSYNC).seconds()).isPositive();
  }

  @Test
  void measuresNothingWhenItIsOff() {
    assertThat(StageTimes.OFF.<String, RuntimeException>time(Stage.READ, () -> "done"))
        .isEqualTo("done");
    assertThat(StageTimes.OFF.taken().values()).containsOnly(new Taken(0, 0));
  }
}
