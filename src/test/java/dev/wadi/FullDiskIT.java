package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wadi.process.LocalQueues;
import dev.wadi.process.SmallDisk;
import dev.wadi.process.WadiProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that gets full while the packaged application runs, and has space again later. */
@Tag("integration")
class FullDiskIT {

  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int EVENTS = 400;

  @TempDir Path folder;
  private SmallDisk disk;
  private Path data;

  @BeforeEach
  void mount() throws Exception {
    disk = SmallDisk.mount(folder, "size=16m");
    data = folder.resolve("data");
  }

  @AfterEach
  void unmount() throws Exception {
    if (disk != null) {
      disk.close();
    }
  }

  @Test
  void landsEverythingOnceWhenThereIsSpaceAgain() throws Exception {
    try (WadiProcess wadi = start();
        LocalQueues queues = LocalQueues.of(data)) {
      runOutOfSpace(wadi, queues);

      disk.free();
      await().atMost(PATIENCE).ignoreExceptions().until(() -> queues.held() == 0);
      assertThat(wadi.terminate()).as("exit code:\n%s", wadi.log()).isZero();
      saysWhatToDoAndNotMuchElse(wadi);
    }
    assertAllLandedOnce();
  }

  @Test
  void landsEverythingOnceAfterAStartWithSpace() throws Exception {
    try (WadiProcess wadi = start();
        LocalQueues queues = LocalQueues.of(data)) {
      runOutOfSpace(wadi, queues);
      wadi.kill();
    }
    // with what it had opened
    disk.fill();
    try (WadiProcess refused = launch()) {
      assertThat(refused.waitFor()).as("exit code:\n%s", refused.log()).isEqualTo(1);
      assertThat(refused.errors()).hasSize(1);
      assertThat(refused.errors().get(0)).startsWith("wadi: ").doesNotContain("not expected");
    }

    disk.free();
    try (WadiProcess wadi = start();
        LocalQueues queues = LocalQueues.of(data)) {
      await().atMost(PATIENCE).until(() -> queues.held() == 0);
      assertThat(wadi.terminate()).as("exit code:\n%s", wadi.log()).isZero();
    }
    assertAllLandedOnce();
  }

  /** The events are accepted and not yet landed when the disk gets full. */
  private void runOutOfSpace(WadiProcess wadi, LocalQueues queues) throws Exception {
    for (int from = 0; from < EVENTS; from += 20) {
      queues.send(events(from, from + 20));
    }
    disk.fill();
    wadi.awaitError(
        line -> line.contains("no space left on") && line.contains("is held"),
        "the batch that is held");
    assertThat(data.resolve("lake/events")).doesNotExist();
    assertThat(queues.held()).as("messages that are still there").isEqualTo(EVENTS / 20);
  }

  private static void saysWhatToDoAndNotMuchElse(WadiProcess wadi) {
    assertThat(wadi.errors())
        .anyMatch(line -> line.contains("no space left on") && line.contains("free some"))
        .noneMatch(line -> line.contains("\tat "))
        .hasSizeLessThan(300);
  }

  private void assertAllLandedOnce() throws Exception {
    String counts = "SELECT count(*) || '/' || count(DISTINCT event_id) AS counts FROM events";
    assertReads(EVENTS + "/" + EVENTS, "query", "--format", "csv", counts);
    assertReads("OK: every event received is accounted for", "verify", "--checksums");
  }

  private void assertReads(String answer, String... words) throws Exception {
    String[] command = java.util.Arrays.copyOf(words, words.length + 2);
    command[words.length] = "--data";
    command[words.length + 1] = data.toString();
    try (WadiProcess reader = WadiProcess.start(Map.of(), command)) {
      assertThat(reader.waitFor()).as("exit code:\n%s", reader.log()).isZero();
      assertThat(reader.output()).anyMatch(line -> line.contains(answer));
    }
  }

  private WadiProcess start() throws Exception {
    WadiProcess wadi = launch();
    wadi.awaitError(line -> line.startsWith("ready"), "readiness");
    return wadi;
  }

  private WadiProcess launch() {
    return WadiProcess.start(
        Map.of(
            "WADI_LAND_FIRST_AGE", "30s",
            "WADI_LAND_MAX_AGE", "30s",
            "WADI_INTAKE_VISIBILITY", "10s"),
        "run",
        "--rate",
        "0",
        "--port",
        "0",
        "--data",
        data.toString());
  }

  private static String events(int from, int to) {
    StringBuilder array = new StringBuilder("[");
    for (int n = from; n < to; n++) {
      array.append(n == from ? "" : ",").append(RouteFixture.event("e" + n, "x".repeat(200)));
    }
    return array.append("]").toString();
  }
}
