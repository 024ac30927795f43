package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wadi.intake.drop.Dropped;
import dev.wadi.land.Manifest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** Dropped objects through the live routes, on the embedded queue and store. */
@Tag("integration")
class DropsIT {

  private static final String QUEUE = "drops";
  private static final String SOURCE = "s3:drops";

  @TempDir Path data;

  @Test
  void landsEachRecordOfAnObjectByItsLine() throws Exception {
    try (RouteFixture wadi = new RouteFixture(data, null).start()) {
      drop(wadi, "a b/é+1.jsonl", lines(0, 1200));
      await().atMost(RouteFixture.patience()).until(() -> wadi.held(QUEUE) == 0);
      assertThat(wadi.column("events", "event_id")).hasSize(1200).doesNotHaveDuplicates();
      assertThat(wadi.column("events", "source_position"))
          .contains("s3:drops raw/a b/é+1.jsonl@v1#1", "s3:drops raw/a b/é+1.jsonl@v1#1200");
      assertThat(deliveries(wadi))
          .containsExactlyInAnyOrder(
              "raw/a b/é+1.jsonl@v1#1-500",
              "raw/a b/é+1.jsonl@v1#501-1000",
              "raw/a b/é+1.jsonl@v1");
    }
  }

  @Test
  void takesAnObjectOnceHoweverOftenItIsToldOf() throws Exception {
    try (RouteFixture wadi = new RouteFixture(data, null).start()) {
      put(wadi, "a.jsonl", lines(0, 3));
      for (int i = 0; i < 3; i++) {
        tell(wadi, "a.jsonl");
      }
      await().atMost(RouteFixture.patience()).until(() -> wadi.held(QUEUE) == 0);
      tell(wadi, "a.jsonl");
      await().atMost(RouteFixture.patience()).until(() -> wadi.held(QUEUE) == 0);
      assertThat(wadi.column("events", "event_id")).hasSize(3);
      assertThat(wadi.column("duplicates", "event_id")).isEmpty();
      assertThat(wadi.metrics.total(dev.wadi.ops.Metrics.Term.RECEIVED, SOURCE)).isEqualTo(3);
    }
  }

  @Test
  void makesDeadLettersOfWhatCannotBeRead() throws Exception {
    try (RouteFixture wadi = new RouteFixture(data, null).start()) {
      String good = RouteFixture.event("good", "s");
      byte[] packed = gzip(lines(0, 5_000).getBytes(StandardCharsets.UTF_8));
      drop(wadi, "bad.jsonl", good + "\n{\"context\":{}}\nnonsense\n");
      put(wadi, "cut.jsonl.gz", Arrays.copyOf(packed, packed.length / 2));
      tell(wadi, "cut.jsonl.gz");
      drop(wadi, "rows.csv", "id,text\n1,2,3\n");
      drop(wadi, "a.zip", "PK\3\4 and so on");
      tell(wadi, "gone.jsonl");
      send(wadi, "hello");
      await()
          .atMost(RouteFixture.patience())
          .untilAsserted(
              () ->
                  assertThat(wadi.column("dead_letters", "reason || ' ' || stage"))
                      .containsExactlyInAnyOrder(
                          "missing_field decode",
                          "not_json decode",
                          "truncated_gzip intake",
                          "csv_columns intake",
                          "unreadable_content intake",
                          "object_missing intake",
                          "not_a_notification intake"));
      await().atMost(RouteFixture.patience()).until(() -> wadi.held(QUEUE) == 0);
      assertThat(wadi.column("events", "event_id")).contains("good").hasSizeGreaterThan(1_000);
      assertThat(wadi.column("dead_letters", "position"))
          .contains("raw/bad.jsonl@v1#2", "raw/bad.jsonl@v1#3", "raw/rows.csv@v1#2");
    }
  }

  @Test
  void movesWhatHasLandedWholeAndLeavesTheRest() throws Exception {
    Map<String, String> moving =
        Map.of("wadi.intake.drops.after", "move", "wadi.intake.drops.move-to", "done/");
    try (RouteFixture wadi = new RouteFixture(data, null, moving).start()) {
      drop(wadi, "in/whole.jsonl", lines(0, 3));
      drop(wadi, "in/broken.csv", "id,text\n1,2,3\n");
      tell(wadi, "done/in/whole.jsonl");
      await().atMost(RouteFixture.patience()).until(() -> wadi.held(QUEUE) == 0);
      assertThat(data.resolve("raw/done/in/whole.jsonl")).exists();
      assertThat(data.resolve("raw/in/whole.jsonl")).doesNotExist();
      assertThat(data.resolve("raw/in/broken.csv")).exists();
      assertThat(wadi.column("events", "event_id")).hasSize(3);
    }
  }

  @Test
  void readsAgainWhatItKnewWhenItWasStopped() throws Exception {
    try (RouteFixture wadi = new RouteFixture(data, null).start()) {
      drop(wadi, "a.jsonl", lines(0, 700));
      await().atMost(RouteFixture.patience()).until(() -> wadi.held(QUEUE) == 0);
    }
    try (RouteFixture wadi = new RouteFixture(data, null).start()) {
      tell(wadi, "a.jsonl");
      await().atMost(RouteFixture.patience()).until(() -> wadi.held(QUEUE) == 0);
      assertThat(wadi.commits).isEmpty();
      assertThat(wadi.metrics.total(dev.wadi.ops.Metrics.Term.REDELIVERED, SOURCE)).isEqualTo(1);
    }
  }

  private void drop(RouteFixture wadi, String key, String content) {
    put(wadi, key, content);
    tell(wadi, key);
  }

  private static void put(RouteFixture wadi, String key, String content) {
    put(wadi, key, content.getBytes(StandardCharsets.UTF_8));
  }

  private static void put(RouteFixture wadi, String key, byte[] content) {
    wadi.services.s3().putObject(put -> put.bucket("raw").key(key), RequestBody.fromBytes(content));
  }

  private void tell(RouteFixture wadi, String key) {
    Path file = data.resolve("raw").resolve(key);
    Instant modified = Instant.EPOCH;
    long size = 0;
    try {
      if (java.nio.file.Files.exists(file)) {
        modified = java.nio.file.Files.getLastModifiedTime(file).toInstant();
        size = java.nio.file.Files.size(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    send(wadi, Dropped.notification(List.of(new Dropped("raw", key, "v1", size, modified))));
  }

  private static void send(RouteFixture wadi, String body) {
    String url = wadi.services.sqs().getQueueUrl(get -> get.queueName(QUEUE)).queueUrl();
    wadi.services.sqs().sendMessage(send -> send.queueUrl(url).messageBody(body));
  }

  private static List<String> deliveries(RouteFixture wadi) {
    return wadi.commits.stream()
        .map(Manifest::sources)
        .filter(sources -> sources.containsKey(SOURCE))
        .flatMap(sources -> sources.get(SOURCE).deliveries().stream())
        .toList();
  }

  private static String lines(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(n -> RouteFixture.event("e" + n, "s" + n) + "\n")
        .collect(Collectors.joining());
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(content);
    }
    return packed.toByteArray();
  }
}
