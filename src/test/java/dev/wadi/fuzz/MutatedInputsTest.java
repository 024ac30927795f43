package dev.wadi.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.event.RandomEvents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whatever is done to events, from decode to the lake every one of them is accounted for, by the
 * live routes' steps and by an ingest alike, and none takes memory for good. {@code
 * -Dwadi.fuzz.inputs=1000000} takes as many, and {@code -Dwadi.fuzz.seed} others.
 */
@Tag("integration")
class MutatedInputsTest {

  private static final Logger LOG = LoggerFactory.getLogger(MutatedInputsTest.class);

  private static final int INPUTS = Integer.getInteger("wadi.fuzz.inputs", 20_000);
  private static final long SEED = Long.getLong("wadi.fuzz.seed", 20_261_121);

  /** So many at a time are led both ways and looked up. */
  private static final int FILE = 25_000;

  private static final int COMMIT = 10_000;

  /** More than what the heap differs by from one look to the next. */
  private static final long FLAT = 48 << 20;

  @TempDir Path folder;

  static Iterable<String> shapes() {
    return RandomEvents.SHAPES;
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void accountsForEveryInputByBothWays(String shape) throws Exception {
    int count = INPUTS / RandomEvents.SHAPES.size();
    Files.createDirectories(folder);
    long first = 0;
    long last = 0;
    Map<String, Long> outcomes = new TreeMap<>();
    long began = System.nanoTime();
    try (Round round = new Round(shape, SEED + shape.hashCode(), folder)) {
      for (int done = 0; done < count; done += FILE) {
        int some = Math.min(FILE, count - done);
        round.run(some, COMMIT);
        last = Heap.used();
        first = first == 0 ? last : first;
        LOG.info("{}: {} inputs, heap {} MB", shape, done + some, last >> 20);
      }
      round.verify();
      outcomes.putAll(round.outcomes());
    }
    LOG.info(
        "{}: {} inputs in {} s: {}",
        shape,
        count,
        (System.nanoTime() - began) / 1_000_000_000,
        outcomes);
    assertThat(last - first).as("heap").isLessThan(FLAT);
    assertThat(outcomes.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(count);
    // or the mutations would show nothing
    assertThat(outcomes.get("landed")).isGreaterThan(count / 10);
    assertThat(outcomes).containsKeys("duplicate", "conflict", "rejected not_json");
    assertThat(outcomes).containsKeys("rejected wrong_type", "rejected too_deep");
    assertThat(outcomes).hasSizeGreaterThan(10);
  }
}
