package dev.wadi.deduplicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.EventKey;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class SegmentMergeTest {

  @TempDir Path folder;

  @Test
  void mergesSegmentsLargerThanItsBuffers() throws IOException {
    Segment older = segment(1, 0, 70_000, 1);
    Segment newer = segment(2, 60_000, 100_000, 2);
    Segment merged = SegmentMerge.merge(folder, List.of(older, newer), () -> false);

    assertThat(merged.count()).isEqualTo(100_000);
    assertThat(merged.range()).isEqualTo(new SegmentRange(1, 2));
    assertThat(merged.footer().lastCommit()).isEqualTo(Keys.commit(2));
    merged.check(() -> false);
    Map<EventKey, Long> expected = new TreeMap<>();
    IntStream.range(0, 100_000).forEach(i -> expected.put(Keys.key(i), i < 60_000 ? 1L : 2L));
    try (SegmentReader reader = new SegmentReader(merged)) {
      for (EventKey key : expected.keySet()) {
        assertThat(reader.find(key.high(), key.low())).isTrue();
        assertThat(reader.payloadHash()).isEqualTo(expected.get(key));
      }
    }
  }

  @Test
  void letsFewAbsentKeysPassTheFilter() throws IOException {
    Segment segment = segment(1, 0, 50_000, 1);
    SegmentFooter footer = segment.footer();
    MappedRegion filter;
    try (FileChannel file = FileChannel.open(segment.path())) {
      filter = MappedRegion.map(file, 0, footer.recordsOffset(), MappedRegion.PIECE);
    }
    long passed =
        IntStream.range(50_000, 150_000)
            .mapToObj(Keys::key)
            .filter(
                key ->
                    BloomBlock.mayHave(
                        filter,
                        BloomBlock.of(key.high(), footer.blocks()) * BloomBlock.BYTES,
                        key.low()))
            .count();
    assertThat(passed).isBetween(1L, 2000L);
  }

  @Test
  void leavesNothingWhenItIsCancelled() throws IOException {
    List<Segment> inputs = List.of(segment(1, 0, 10, 1), segment(2, 10, 20, 2));
    List<String> before = files();

    assertThatThrownBy(() -> SegmentMerge.merge(folder, inputs, () -> true))
        .isInstanceOf(CancellationException.class);
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void leavesNothingWhenAnInputIsDamaged() throws IOException {
    List<Segment> inputs = List.of(segment(1, 0, 10, 1), segment(2, 10, 20, 2));
    byte[] bytes = Files.readAllBytes(inputs.get(0).path());
    bytes[BloomBlock.BYTES + 100] ^= 1;
    Files.write(inputs.get(0).path(), bytes);
    List<String> before = files();

    assertThatThrownBy(() -> SegmentMerge.merge(folder, inputs, () -> false))
        .isInstanceOf(DamagedSegmentException.class);
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void knowsASegmentThatIsLongerThanItsFooterSays() throws IOException {
    Path path = segment(1, 0, 10, 1).path();
    byte[] bytes = Files.readAllBytes(path);
    byte[] longer = new byte[bytes.length + 24];
    System.arraycopy(bytes, 0, longer, 24, bytes.length);
    Files.write(path, longer);

    assertThatThrownBy(() -> Segment.open(folder, new SegmentRange(1, 1)))
        .isInstanceOf(DamagedSegmentException.class)
        .hasMessageContaining("as long as");
  }

  private Segment segment(int number, int from, int to, long payloadHash) throws IOException {
    TreeSet<EventKey> sorted = new TreeSet<>();
    IntStream.range(from, to).forEach(i -> sorted.add(Keys.key(i)));
    SegmentRange range = new SegmentRange(number, number);
    try (SegmentWriter writer = new SegmentWriter(folder, range, sorted.size())) {
      for (EventKey key : sorted) {
        writer.add(key.high(), key.low(), payloadHash);
      }
      return writer.finish(Keys.commit(number));
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
