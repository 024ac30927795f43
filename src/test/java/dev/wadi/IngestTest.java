package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.SetupException;
import dev.wadi.intake.file.Input;
import dev.wadi.lake.LakeFolder;
import dev.wadi.lake.Verification;
import dev.wadi.lake.VerifyReport;
import dev.wadi.land.Manifest;
import dev.wadi.ops.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class IngestTest {

  /** Small, so that a few thousand events make several commits. */
  private static final Map<String, String> SMALL_COMMITS =
      Map.of("wadi.decode.shape", "json", "wadi.ingest.max-events", "1000");

  @TempDir Path folder;

  private Path data;
  private final List<Manifest> landed = new ArrayList<>();

  private Path file(String name, String... lines) throws IOException {
    data = folder.resolve("data");
    return Files.write(folder.resolve(name), List.of(lines));
  }

  @Test
  void landsEachEventOnceAndArchivesWhatIsNone() throws Exception {
    Path file =
        file("in.jsonl", event("a", 1), event("b", 1), event("a", 1), event("a", 2), "{\"id\":7");

    ingest(Map.of(), Input.file(file.toString()));

    Manifest.SourceCount count = total("file");
    assertThat(count.received()).isEqualTo(5);
    assertThat(count.landed()).isEqualTo(2);
    assertThat(count.duplicates()).isEqualTo(1);
    assertThat(count.conflicts()).isEqualTo(1);
    assertThat(count.rejected()).isEqualTo(1);
    VerifyReport report = verify();
    assertThat(report.ok()).as("%s", report).isTrue();
    assertThat(report.deadLetters().archived()).isEqualTo(1);
  }

  @Test
  void landsNothingWhenItIsRunAgainAfterItHasEnded() throws Exception {
    Path file = file("in.jsonl", event("a", 1), event("b", 1), "nonsense");
    ingest(Map.of(), Input.file(file.toString()));
    landed.clear();

    ingest(Map.of(), Input.file(file.toString()));

    assertThat(total("file").received()).isEqualTo(3);
    assertThat(total("file").landed()).isZero();
    assertThat(total("file").duplicates()).isEqualTo(2);
    assertThat(total("file-dlq").landed()).isZero();
    assertThat(total("file-dlq").redelivered()).isEqualTo(1);
    assertThat(verify().ok()).isTrue();
  }

  @Test
  void goesOnWhereItsLastCommitEnded() throws Exception {
    int events = 20_000;
    Path file =
        file(
            "in.jsonl",
            Stream.iterate(0, n -> n + 1)
                .limit(events)
                .map(n -> event("event " + n + "x".repeat(1_000), n))
                .toArray(String[]::new));

    assertThatThrownBy(
            () ->
                ingest(
                    manifest -> {
                      throw new IllegalStateException("killed after a commit");
                    },
                    Map.of(),
                    Input.file(file.toString())))
        .hasMessage("killed after a commit");
    assertThat(landed).hasSize(1);
    ingest(Map.of(), Input.file(file.toString()));

    assertThat(landed.size()).isGreaterThan(3);
    assertThat(total("file").received()).isEqualTo(events);
    assertThat(total("file").landed()).isEqualTo(events);
    List<Manifest.FileRange> ranges = landed.stream().flatMap(m -> m.ranges().stream()).toList();
    long at = 0;
    for (Manifest.FileRange range : ranges) {
      assertThat(range.from()).isEqualTo(at);
      assertThat(range.run()).isEqualTo(ranges.get(0).run());
      at = range.to();
    }
    assertThat(at).isEqualTo(Files.size(file));
    assertThat(verify().ok()).isTrue();
  }

  @Test
  void readsAFileFromItsStartWhenTheShapeIsAnother() throws Exception {
    Path file = file("in.jsonl", event("a", 1), event("b", 1));
    assertThatThrownBy(
            () ->
                ingest(
                    manifest -> {
                      throw new IllegalStateException("killed after a commit");
                    },
                    Map.of("wadi.decode.shape", "cdevents"),
                    Input.file(file.toString())))
        .hasMessage("killed after a commit");
    assertThat(total("file").rejected()).isEqualTo(2);
    landed.clear();

    ingest(Map.of(), Input.file(file.toString()));

    assertThat(total("file").landed()).isEqualTo(2);
    assertThat(verify().ok()).isTrue();
  }

  @Test
  void readsStandardInputAndSeveralFilesInOrder() throws Exception {
    Path first = file("1.jsonl", event("a", 1));
    Path second = file("2.jsonl", event("a", 2), event("b", 1));
    byte[] piped = (event("b", 2) + "\n" + event("c", 1)).getBytes(StandardCharsets.UTF_8);

    ingest(
        Map.of(),
        Input.file(first.toString()),
        Input.file(second.toString()),
        Input.standardInput(new ByteArrayInputStream(piped)));

    assertThat(total("file").landed()).isEqualTo(3);
    assertThat(total("file").conflicts()).isEqualTo(2);
    assertThat(verify().ok()).isTrue();
  }

  @Test
  void partitionsAsConfigured() throws Exception {
    Path file = file("in.jsonl", event("a", 1));

    ingest(Map.of("wadi.land.partition", "event_type,year,month,day"), Input.file(file.toString()));

    assertThat(landed.get(0).files().get(0).key())
        .startsWith("events/event_type=t/year=2026/month=11/day=20/");
    assertThat(verify().ok()).isTrue();
  }

  @Test
  void partitionsByWhatEachEventSays() throws Exception {
    Path file =
        file(
            "in.jsonl",
            event("a", 1).replace("}", ",\"source\":\"/ci/1\"}"),
            event("b", 1).replace("}", ",\"source\":\"/ci/2\"}"),
            event("c", 1));

    ingest(
        Map.of("wadi.land.partition", "event_source,event_id,hour"), Input.file(file.toString()));

    assertThat(landed.get(0).files())
        .extracting(one -> one.key().replaceFirst("/[^/]*$", ""))
        .containsExactlyInAnyOrder(
            "events/event_source=%2Fci%2F1/event_id=a/hour=10",
            "events/event_source=%2Fci%2F2/event_id=b/hour=10",
            "events/event_source=__HIVE_DEFAULT_PARTITION__/event_id=c/hour=10");
    assertThat(verify().ok()).isTrue();
  }

  @Test
  void saysWhatCanNotBeReadBeforeItLandsAnything() throws Exception {
    Path file = file("in.jsonl", event("a", 1));

    assertThatThrownBy(
            () -> ingest(Map.of(), Input.file(file.toString()), Input.file("missing.jsonl")))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("missing.jsonl");
    assertThat(data).doesNotExist();
  }

  private static String event(String id, int payload) {
    return "{\"id\":\"%s\",\"type\":\"t\",\"time\":\"2026-11-20T10:00:00Z\",\"payload\":%d}"
        .formatted(id, payload);
  }

  private interface OnCommit {
    void committed(Manifest manifest);
  }

  private void ingest(Map<String, String> settings, Input... inputs) throws Exception {
    ingest(manifest -> {}, settings, inputs);
  }

  private void ingest(OnCommit onCommit, Map<String, String> settings, Input... inputs)
      throws Exception {
    Map<String, String> all = new TreeMap<>(SMALL_COMMITS);
    all.putAll(settings);
    try (Ingest ingest =
        new Ingest(Settings.load("local", all, null), data, null, List.of(inputs), null)) {
      ingest.run(
          (manifest, bytes, took) -> {
            landed.add(manifest);
            onCommit.committed(manifest);
          });
    }
  }

  private Manifest.SourceCount total(String source) {
    return landed.stream()
        .map(manifest -> manifest.sources().get(source))
        .filter(count -> count != null)
        .reduce(
            new Manifest.SourceCount(0, 0, 0, 0, 0, 0, 0, Map.of(), List.of()),
            (one, other) ->
                new Manifest.SourceCount(
                    one.received() + other.received(),
                    one.landed() + other.landed(),
                    one.duplicates() + other.duplicates(),
                    one.conflicts() + other.conflicts(),
                    one.rejected() + other.rejected(),
                    0,
                    one.redelivered() + other.redelivered(),
                    Map.of(),
                    List.of()));
  }

  private VerifyReport verify() {
    return new Verification(LakeFolder.of(data), true).run();
  }
}
