package dev.wadi.deduplicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.Lines.Part;
import dev.wadi.event.SetupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class LineLogTest {

  private static final String SOURCE = "kinesis:events";

  @TempDir Path folder;
  private Path file;
  private LineLog lines;

  @BeforeEach
  void open() {
    file = folder.resolve("state/lines.json");
    lines = LineLog.open(file);
    lines.complete();
  }

  @Test
  void keepsHowFarEachLineIsAccountedFor() {
    lines.confirm("c1", SOURCE, List.of(new Part("s-1", null, "10"), new Part("s-2", null, "5")));
    lines.confirm("c2", SOURCE, List.of(new Part("s-1", "10", "20")));

    LineLog again = LineLog.open(file);

    assertThat(again.isComplete()).isTrue();
    assertThat(again.begin(SOURCE, "s-1")).contains("20");
    assertThat(again.begin(SOURCE, "s-2")).contains("5");
    assertThat(again.begin(SOURCE, "s-3")).isEmpty();
    assertThat(again.begin("kinesis:other", "s-1")).isEmpty();
  }

  @Test
  void refusesPartsThatDoNotFollow() {
    lines.confirm("c1", SOURCE, List.of(new Part("s-1", null, "10")));
    Part follows = new Part("s-1", "10", "20");
    Part overlaps = new Part("s-1", null, "20");
    Part begins = new Part("s-2", null, "3");

    assertThat(lines.take("c2", SOURCE, List.of(follows, begins))).isEmpty();
    assertThat(lines.take("c2", SOURCE, List.of(overlaps))).containsExactly(overlaps);
  }

  @Test
  void isToBeFilledWhereItIsLostOrCleared() throws IOException {
    lines.confirm("c1", SOURCE, List.of(new Part("s-1", null, "10")));
    lines.clear();
    assertThat(lines.isComplete()).isFalse();
    assertThat(LineLog.open(file).isComplete()).isFalse();
    assertThat(LineLog.open(file).begin(SOURCE, "s-1")).isEmpty();

    Files.writeString(file, "{");
    assertThatThrownBy(() -> LineLog.open(file))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("delete it");
  }
}
