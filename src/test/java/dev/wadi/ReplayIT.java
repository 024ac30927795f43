package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wadi.cli.InProcess;
import dev.wadi.process.WadiProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.camel.Processor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dead letters that get a second chance, by the command line and a pipeline that runs. */
@Tag("integration")
class ReplayIT {

  private static final Processor FAILS_FOR_B =
      exchange -> {
        if (exchange.getMessage().getBody(String.class).replace(" ", "").contains("\"id\":\"b\"")) {
          throw new IllegalArgumentException("no b, please");
        }
      };

  @TempDir Path data;

  @Test
  void landsWhatWasMendedOnceHoweverOftenItIsReplayed() throws Exception {
    try (RouteFixture wadi = new RouteFixture(data, null)) {
      wadi.advise("event", route -> route.weaveById("event-flatten").before().process(FAILS_FOR_B))
          .start();
      wadi.send("[" + RouteFixture.event("a", "s") + "," + RouteFixture.event("b", "s") + "]");
      awaitNothingLeft(wadi);
    }
    assertThat(list()).containsExactly("open");

    try (RouteFixture mended = new RouteFixture(data, null)) {
      mended.start();
      assertThat(wadi("dead-letters", "replay", "--reason", "step_failed")).isZero();
      awaitCommits(mended, 1);
      assertThat(mended.column("events", "event_id")).containsExactlyInAnyOrder("a", "b");
      assertThat(list()).containsExactly("landed");

      assertThat(wadi("dead-letters", "replay", "--all")).as("it has landed").isEqualTo(1);
      assertThat(wadi("dead-letters", "replay", id())).isZero();
      awaitCommits(mended, 2);
      assertThat(mended.column("events", "event_id")).containsExactlyInAnyOrder("a", "b");
      assertThat(mended.column("duplicates", "event_id")).containsExactly("b");
      assertThat(list()).as("what has landed stays so").containsExactly("landed");
      assertThat(mended.commits.get(0).sources().get("replay:events").received()).isEqualTo(1);
      assertThat(mended.commits.get(0).sources().get("replay:events").replays())
          .isEqualTo(Map.of(id(), Map.of("landed", 1L)));
    }
    assertThat(wadi("verify")).isZero();
    assertThat(said()).contains("replayed: 1 are no dead letters any more, 0 were rejected again");
  }

  @Test
  void keepsTheSameDeadLetterWhenItIsRejectedAgain() throws Exception {
    try (RouteFixture wadi = new RouteFixture(data, null)) {
      wadi.start();
      wadi.send("not an event");
      awaitNothingLeft(wadi);
      String id = id();
      for (int replay = 1; replay <= 2; replay++) {
        assertThat(wadi("dead-letters", "replay", "--all")).isZero();
        int commits = replay;
        await()
            .atMost(RouteFixture.patience())
            .until(
                () ->
                    wadi.commits.stream()
                            .filter(c -> c.sources().containsKey("replay:events"))
                            .count()
                        == commits);
        awaitNothingLeft(wadi);
      }
      assertThat(wadi.column("dead_letters", "dead_letter_id")).containsExactly(id);
      assertThat(list()).containsExactly("rejected");
    }
    assertThat(wadi("verify")).isZero();
  }

  @Test
  void bringsBackBytesThatAreTooManyForADeadLettersMessage() throws Exception {
    String large = "{\"a\":\"" + "x".repeat(200_000) + "\"}";
    try (RouteFixture wadi = new RouteFixture(data, null)) {
      wadi.start();
      wadi.send(large);
      awaitNothingLeft(wadi);
      assertThat(wadi.column("dead_letters", "bytes_object").get(0))
          .isEqualTo("dead_letters_bytes/" + id() + ".bin");

      assertThat(wadi("dead-letters", "replay", id().substring(0, 10))).isZero();
      awaitNothingLeft(wadi);
      await().atMost(RouteFixture.patience()).until(() -> list().equals(List.of("rejected")));
      assertThat(wadi.column("dead_letters", "dead_letter_id")).hasSize(1);
    }
    assertThat(wadi("verify")).isZero();
  }

  @Test
  void opensAMessageOfSeveralEventsThatWasNotRead() throws Exception {
    try (RouteFixture wadi =
        new RouteFixture(
            data,
            null,
            Map.of("wadi.intake.max-receives", "1", "wadi.intake.isolate-receives", "1"))) {
      wadi.send("[" + RouteFixture.event("a", "s") + ",{}," + RouteFixture.event("b", "s") + "]");
      wadi.deliver(1);
      wadi.start();
      awaitNothingLeft(wadi);
      assertThat(wadi.column("events", "event_id")).isEmpty();

      for (int replay = 0; replay < 2; replay++) {
        assertThat(
                wadi(
                    "dead-letters",
                    "replay",
                    "--reason",
                    "received_too_often",
                    "--state",
                    replay == 0 ? "open" : "landed"))
            .isZero();
        awaitNothingLeft(wadi);
        await().atMost(RouteFixture.patience()).until(() -> list().contains("landed"));
      }
      await()
          .atMost(RouteFixture.patience())
          .untilAsserted(
              () ->
                  assertThat(wadi.column("duplicates", "event_id"))
                      .containsExactlyInAnyOrder("a", "b"));
      awaitNothingLeft(wadi);
      assertThat(wadi.column("events", "event_id")).containsExactlyInAnyOrder("a", "b");
      assertThat(wadi.column("dead_letters", "reason"))
          .as("the one of them that is no event is one dead letter more")
          .containsExactlyInAnyOrder("received_too_often", "missing_field");
    }
    assertThat(wadi("verify")).isZero();
  }

  @Test
  void takesAnEditedReplayForTheNewMessageThatItIs() throws Exception {
    try (RouteFixture wadi = new RouteFixture(data, null)) {
      wadi.start();
      wadi.send("not an event");
      awaitNothingLeft(wadi);
      wadi.send(
          "not the original",
          Map.of(
              "wadi_replay_of",
              id(),
              "wadi_replay_source",
              "sqs%3Aevents",
              "wadi_replay_position",
              "m%230"));
      awaitNothingLeft(wadi);
      await()
          .atMost(RouteFixture.patience())
          .untilAsserted(
              () -> assertThat(wadi.column("dead_letters", "dead_letter_id")).hasSize(2));
      assertThat(list()).containsExactly("open", "open");
    }
    assertThat(wadi("verify")).isZero();
  }

  @Test
  void sendsNothingInADryRun() throws Exception {
    try (RouteFixture wadi = new RouteFixture(data, null)) {
      wadi.start();
      wadi.send("not an event");
      awaitNothingLeft(wadi);
    }
    assertThat(wadi("dead-letters", "replay", "--all", "--dry-run")).isZero();
    assertThat(said()).contains(id()).contains("not_json").contains("(1 row)");
    assertThat(wadi("dead-letters", "replay", "--until", "2020-01-01", "--dry-run")).isZero();
    assertThat(said()).contains("(0 rows)");
  }

  @Test
  void saysThatNoQueueAnswersAndWhatIsWrong() throws Exception {
    try (RouteFixture wadi = new RouteFixture(data, null)) {
      wadi.start();
      wadi.send("not an event");
      awaitNothingLeft(wadi);
      assertThat(wadi("dead-letters", "replay", "zzz")).isEqualTo(1);
      assertThat(complaint()).contains("no dead letter 'zzz'").contains("Nothing was sent");
      assertThat(wadi("dead-letters", "replay", "--source", "sqs:other")).isEqualTo(1);
      assertThat(complaint()).contains("no dead letter is chosen");
      assertThat(wadi("dead-letters", "replay")).isEqualTo(2);
      assertThat(wadi("dead-letters", "replay", "--since", "yesterday")).isEqualTo(2);
      assertThat(wadi("dead-letters", "replay", "--state", "odd")).isEqualTo(1);
    }
    assertThat(wadi("dead-letters", "replay", "--all")).isEqualTo(1);
    assertThat(complaint()).contains("nothing was sent").contains("Start `wadi run --data");
    assertThat(list()).containsExactly("open");
  }

  @ParameterizedTest
  @ValueSource(strings = {"published", "committed", "acknowledging"})
  void landsAReplayOnceThoughTheProcessIsKilledInTheMidstOfIt(String failpoint) throws Exception {
    try (RouteFixture wadi = new RouteFixture(data, null)) {
      wadi.advise("event", route -> route.weaveById("event-flatten").before().process(FAILS_FOR_B))
          .start();
      wadi.send(RouteFixture.event("b", "s"));
      awaitNothingLeft(wadi);
    }
    try (WadiProcess killed = launch(Map.of("WADI_FAILPOINT", failpoint))) {
      killed.awaitError(line -> line.startsWith("ready"), "readiness");
      assertThat(wadi("dead-letters", "replay", "--all")).isZero();
      assertThat(wadi("dead-letters", "replay", id())).as("twice").isZero();
      killed.awaitError(line -> line.startsWith("failpoint"), failpoint);
      killed.kill();
    }
    try (RouteFixture wadi = new RouteFixture(data, null)) {
      wadi.start();
      awaitNothingLeft(wadi);
      assertThat(wadi.column("events", "event_id")).containsExactly("b");
      assertThat(wadi.column("duplicates", "event_id")).containsExactly("b");
      assertThat(list()).containsExactly("landed");
    }
    assertThat(wadi("verify")).isZero();
  }

  private WadiProcess launch(Map<String, String> environment) {
    Map<String, String> quick = new java.util.HashMap<>(environment);
    quick.put("WADI_INTAKE_VISIBILITY", "3s");
    quick.put("WADI_LAND_MAX_AGE", "1s");
    quick.put("WADI_LAND_FIRST_AGE", "1s");
    return WadiProcess.start(quick, "run", "--rate", "0", "--port", "0", "--data", data.toString());
  }

  private static void awaitCommits(RouteFixture wadi, int commits) {
    await().atMost(RouteFixture.patience()).until(() -> wadi.commits.size() >= commits);
    awaitNothingLeft(wadi);
  }

  private static void awaitNothingLeft(RouteFixture wadi) {
    await()
        .atMost(RouteFixture.patience().plus(Duration.ofSeconds(30)))
        .until(() -> wadi.held("events") == 0 && wadi.held("events-dlq") == 0);
  }

  private InProcess last;

  private int wadi(String... words) {
    last =
        words[0].equals("verify")
            ? InProcess.verify(data)
            : InProcess.deadLetters(data, Arrays.copyOfRange(words, 1, words.length));
    return last.exitCode();
  }

  private String said() {
    return last.out();
  }

  private String complaint() {
    return last.err();
  }

  /** The states of all dead letters. */
  private List<String> list() throws Exception {
    return query("state");
  }

  private String id() throws Exception {
    return query("dead_letter_id").get(0);
  }

  private List<String> query(String column) {
    assertThat(wadi("dead-letters", "list", "--format", "json")).isZero();
    return said()
        .lines()
        .map(line -> line.replaceFirst(".*\"" + column + "\":\"([^\"]*)\".*", "$1"))
        .toList();
  }
}
