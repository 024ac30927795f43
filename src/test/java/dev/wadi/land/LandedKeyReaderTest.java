package dev.wadi.land;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.Batch;
import dev.wadi.event.Claims;
import dev.wadi.event.Claims.LandedKey;
import dev.wadi.event.EventKey;
import dev.wadi.event.Outcome;
import dev.wadi.event.TransientException;
import dev.wadi.land.LandedKeyReader.Commits;
import dev.wadi.land.format.FileFormat;
import dev.wadi.land.format.FormatChoice;
import dev.wadi.land.format.ParquetFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class LandedKeyReaderTest {

  @TempDir Path folder;
  private final MemoryStore store = new MemoryStore();
  private Manifest manifest;

  private LandedKeyReader reader;

  @BeforeEach
  void open() {
    reader = new LandedKeyReader(store, folder.resolve("temporary"));
  }

  @AfterEach
  void close() {
    reader.close();
  }

  @BeforeEach
  void land() throws IOException {
    land(new ParquetFormat());
  }

  private void land(FileFormat format) throws IOException {
    Claims claims = Batches.claims(folder.resolve("ledger"));
    Batch batch = Batches.candidates(claims, "sqs:events", "a", "b", "a", "b=other");
    Batches.cut(new Cutter(claims, 100), List.of(batch));
    Batch dead = Batches.candidates(claims, "sqs:events-dlq", "d");
    dead.account()
        .put(
            dead.records().get(0),
            new Outcome.Candidate(
                "dead_letters",
                Batches.event(dead.records().get(0), "d"),
                Map.of("dead_letter_id", "d1", "reason", "not_json")));
    List<StagedObject> objects =
        Batches.stager(folder.resolve("staging"), store, format)
            .stage("01ARZ", List.of(batch, dead));
    for (StagedObject object : objects) {
      store.putIfAbsent(object.key(), Files.readAllBytes(object.file()));
    }
    manifest =
        new Manifest(
            "01ARZ",
            Manifest.State.COMMITTED,
            "w",
            "",
            "",
            objects.stream().map(Manifest.LandedFile::of).toList(),
            Map.of(),
            List.of());
  }

  @Test
  void readsTheKeysOfEventsAndDeadLettersAndNoCopies() {
    assertThat(read(Commits.ALL))
        .containsExactlyInAnyOrder(
            new LandedKey(EventKey.of("json", "a"), "a".hashCode()),
            new LandedKey(EventKey.of("json", "b"), "b".hashCode()),
            new LandedKey(EventKey.of("json", "d"), 0));
    assertThat(folder.resolve("temporary")).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({"jsonl,zstd", "jsonl,none", "csv,gzip", "csv,zstd", "parquet,snappy"})
  void readsTheKeysOfEveryFormat(String format, String compression) throws IOException {
    List<LandedKey> expected = read(Commits.ALL);
    store.objects.clear();
    folder = Files.createTempDirectory(folder, "again");
    land(FormatChoice.of(format, compression).open());

    assertThat(read(Commits.ALL)).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void readsTheRowsOfTheCommitsThatAreWanted() {
    assertThat(read(Commits.only("01ARZ"))).hasSize(3);
    assertThat(read(Commits.only("01ARY"))).isEmpty();
    assertThat(read(Commits.after("01ARY"))).hasSize(3);
    assertThat(read(Commits.after("01ARZ"))).isEmpty();
    assertThat(read(Commits.after(null))).hasSize(3);
  }

  @Test
  void saysWhenAFileIsNotThere() {
    store.objects.keySet().removeIf(key -> key.startsWith("events/"));
    assertThat(manifest.files())
        .filteredOn(file -> file.table().equals("events"))
        .isNotEmpty()
        .noneMatch(file -> reader.read(file, Commits.ALL, key -> {}));
  }

  @Test
  void namesAFileThatIsDamaged() {
    store.objects.replaceAll((key, bytes) -> new byte[] {1, 2, 3});
    assertThatThrownBy(() -> read(Commits.ALL))
        .isInstanceOf(TransientException.class)
        .hasMessageContaining("can't read the keys of");
  }

  private List<LandedKey> read(Commits commits) {
    List<LandedKey> keys = new ArrayList<>();
    manifest.files().forEach(file -> reader.read(file, commits, keys::add));
    reader.close();
    return keys;
  }
}
