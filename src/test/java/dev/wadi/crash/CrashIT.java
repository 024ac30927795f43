package dev.wadi.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wadi.process.LocalQueues;
import dev.wadi.process.WadiProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Kills the packaged application with SIGKILL at every arrow of the protocol and at random, starts
 * it again, and holds the lake against what was sent.
 */
@Tag("crash")
class CrashIT {

  private static final Duration PATIENCE = Duration.ofSeconds(300);
  private static final int EVENTS_PER_MESSAGE = 20;
  private static final int EVENTS = Integer.getInteger("wadi.crash.events", 10_000);
  private static final int MOST_TRIES = 3;

  @TempDir Path data;
  private final List<String> resent = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "received",
        "claimed",
        "staged",
        "intent",
        "published-one",
        "published-one:3",
        "published",
        "committed",
        "intent-deleted",
        "confirmed",
        "acknowledging"
      })
  void landsEveryEventOnceWhenKilledAt(String failpoint) throws Exception {
    SendLog sent = SendLog.of(failpoint.hashCode(), 400);
    try (WadiProcess wadi = start(Map.of("WADI_FAILPOINT", failpoint))) {
      send(sent.bodies());
      wadi.awaitError(line -> line.startsWith("failpoint"), "the failpoint " + failpoint);
      wadi.kill();
    }
    finish(sent);
  }

  @ParameterizedTest
  @ValueSource(strings = {"undone-one", "undone"})
  void recoversWhenKilledInTheMidstOfRecovery(String failpoint) throws Exception {
    SendLog sent = SendLog.of(7, 400);
    try (WadiProcess wadi = start(Map.of("WADI_FAILPOINT", "published"))) {
      send(sent.bodies());
      wadi.awaitError(line -> line.startsWith("failpoint"), "the failpoint published");
      wadi.kill();
    }
    try (WadiProcess wadi = launch(Map.of("WADI_FAILPOINT", failpoint))) {
      wadi.awaitError(line -> line.startsWith("failpoint"), "the failpoint " + failpoint);
      wadi.kill();
    }
    finish(sent);
  }

  @Test
  void landsEveryEventOnceThroughTenKillsAtRandom() throws Exception {
    long seed = 20261121;
    SendLog sent = SendLog.of(seed, EVENTS);
    Random random = new Random(seed);
    List<String> left = new ArrayList<>(sent.bodies());
    int slice = left.size() / 11;
    for (int kill = 0; kill < 10; kill++) {
      try (WadiProcess wadi = start(Map.of())) {
        send(left.subList(kill * slice, (kill + 1) * slice));
        wadi.awaitExit(Duration.ofMillis(random.nextInt(4_000)));
        wadi.kill();
      }
    }
    try (WadiProcess wadi = start(Map.of())) {
      send(left.subList(10 * slice, left.size()));
      drain(wadi);
    }
    check(sent);
  }

  @Test
  void landsEveryEventOnceThroughStopsBySigterm() throws Exception {
    SendLog sent = SendLog.of(3, 2_000);
    int slice = sent.bodies().size() / 4;
    for (int stop = 0; stop < 3; stop++) {
      try (WadiProcess wadi = start(Map.of())) {
        send(sent.bodies().subList(stop * slice, (stop + 1) * slice));
        assertThat(wadi.terminate()).as("exit code:\n%s", wadi.log()).isZero();
      }
    }
    try (WadiProcess wadi = start(Map.of())) {
      send(sent.bodies().subList(3 * slice, sent.bodies().size()));
      drain(wadi);
    }
    check(sent);
  }

  @Test
  void rebuildsItsLedgerFromTheLakeIfItIsGone() throws Exception {
    SendLog sent = SendLog.of(5, 300);
    try (WadiProcess wadi = start(Map.of())) {
      send(sent.bodies());
      drain(wadi);
    }
    delete(data.resolve(".wadi/ledger"));
    delete(data.resolve(".wadi/deliveries"));
    List<String> again =
        sent.payloadsById().values().stream().map(bodies -> bodies.get(0)).toList();
    try (WadiProcess wadi = start(Map.of())) {
      send(again);
      resent.addAll(again);
      drain(wadi);
    }
    check(sent);
  }

  private void finish(SendLog sent) throws Exception {
    try (WadiProcess wadi = start(Map.of())) {
      drain(wadi);
    }
    check(sent);
  }

  private void check(SendLog sent) throws Exception {
    new LakeChecker(data).assertAccountsFor(sent, resent);
    try (WadiProcess verify = WadiProcess.start(Map.of(), "verify", "--data", data.toString())) {
      assertThat(verify.waitFor()).as("wadi verify:\n%s", verify.log()).isZero();
    }
  }

  private WadiProcess start(Map<String, String> environment) throws Exception {
    WadiProcess wadi = launch(environment);
    wadi.awaitError(line -> line.startsWith("ready"), "readiness");
    return wadi;
  }

  private WadiProcess launch(Map<String, String> environment) {
    Map<String, String> quick = new HashMap<>(environment);
    quick.put("WADI_INTAKE_VISIBILITY", "3s");
    quick.put("WADI_DEAD_LETTERS_VISIBILITY", "3s");
    quick.put("WADI_LAND_MAX_AGE", "1s");
    quick.put("WADI_LAND_FIRST_AGE", "500ms");
    return WadiProcess.start(quick, "run", "--rate", "0", "--port", "0", "--data", data.toString());
  }

  /** Waits until both queues are empty, and stops the process in good order. */
  private void drain(WadiProcess wadi) throws Exception {
    try (LocalQueues queues = LocalQueues.of(data)) {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(200))
          .until(() -> !wadi.isAlive() || queues.held() == 0);
    }
    assertThat(wadi.isAlive()).as("it runs on:\n%s", wadi.log()).isTrue();
    assertThat(wadi.terminate()).as("exit code:\n%s", wadi.log()).isZero();
  }

  /** Sends in arrays; what gets no answer is sent again, and may have arrived before. */
  private void send(List<String> bodies) throws IOException {
    try (LocalQueues queues = LocalQueues.of(data)) {
      for (int from = 0; from < bodies.size(); from += EVENTS_PER_MESSAGE) {
        List<String> some =
            bodies.subList(from, Math.min(bodies.size(), from + EVENTS_PER_MESSAGE));
        List<String> array = some.stream().filter(body -> body.endsWith("}}}")).toList();
        trySend(queues, "[" + String.join(",", array) + "]", array);
        for (String poison : some) {
          if (!array.contains(poison)) {
            trySend(queues, poison, List.of(poison));
          }
        }
      }
    }
  }

  private void trySend(LocalQueues queues, String message, List<String> bodies) {
    if (bodies.isEmpty()) {
      return;
    }
    for (int tries = 1; ; tries++) {
      try {
        queues.send(message);
        return;
      } catch (SdkException noAnswer) {
        if (tries == MOST_TRIES) {
          throw noAnswer;
        }
        resent.addAll(bodies);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
