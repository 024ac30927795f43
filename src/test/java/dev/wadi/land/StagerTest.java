package dev.wadi.land;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.event.Batch;
import dev.wadi.event.Claims;
import dev.wadi.land.format.FormatChoice;
import dev.wadi.land.format.Staging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class StagerTest {

  @TempDir Path folder;

  @Test
  void goesOnInAnotherFileOfThePartitionWhenOneHasItsRows() throws IOException {
    List<StagedObject> objects = staged(25, new FileLimits(10, Long.MAX_VALUE));

    assertThat(objects).extracting(StagedObject::rows).containsExactly(10L, 10L, 5L);
    assertThat(objects)
        .extracting(StagedObject::key)
        .containsExactly(
            "events/year=2026/month=11/day=20/01ARZ-0.jsonl",
            "events/year=2026/month=11/day=20/01ARZ-1.jsonl",
            "events/year=2026/month=11/day=20/01ARZ-2.jsonl");
    List<String> lines = new ArrayList<>();
    for (StagedObject object : objects) {
      lines.addAll(Files.readAllLines(object.file()));
    }
    assertThat(lines).hasSize(25).doesNotHaveDuplicates();
  }

  @Test
  void goesOnInAnotherFileOfThePartitionWhenOneHasItsBytes() throws IOException {
    List<StagedObject> objects = staged(100, new FileLimits(1_000, 4_000));

    assertThat(objects).hasSizeBetween(3, 10);
    assertThat(objects.subList(0, objects.size() - 1))
        .allSatisfy(object -> assertThat(object.rows()).isEqualTo(objects.get(0).rows()));
  }

  @Test
  void writesARowThatIsLargerThanAFileMayBe() throws IOException {
    assertThat(staged(3, new FileLimits(1_000, 1)))
        .extracting(StagedObject::rows)
        .containsExactly(1L, 1L, 1L);
  }

  private List<StagedObject> staged(int events, FileLimits limits) throws IOException {
    Claims claims = Batches.claims(Files.createTempDirectory(folder, "ledger"));
    Batch batch =
        Batches.candidates(
            claims,
            "sqs:events",
            IntStream.range(0, events).mapToObj(n -> "e" + n).toArray(String[]::new));
    Batches.cut(new Cutter(claims, events), List.of(batch));
    Schema schema = new Batches.MemorySchema();
    Path staging = Files.createTempDirectory(folder, "staging");
    return new Stager(
            new Staging(staging, FormatChoice.of("jsonl", "none").open(), 1),
            schema,
            new SchemaLog(new MemoryStore(), schema),
            new FileLayout(new Partitioning(Arrays.asList("year", "month", "day")), limits),
            Clock.fixed(Batches.NOW, ZoneOffset.UTC))
        .stage("01ARZ", List.of(batch));
  }
}
