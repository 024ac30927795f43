package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the changes of which {@link AccountCheckTest} has the verdicts: what is called an error must
 * do harm, and what isn't must not. In none of them an event is lost.
 */
@Tag("integration")
class AccountIT {

  @TempDir Path data;
  @TempDir Path routes;

  static List<AccountCase> cases() throws IOException {
    return AccountCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void doesWhatTheVerdictIsAbout(AccountCase change) throws Exception {
    change.writeTo(routes);
    try (RouteFixture wadi = new RouteFixture(data, routes)) {
      wadi.start();
      String event = RouteFixture.event("a", "s");
      wadi.send(change.send().equals("broken") ? "{\"context\":{}}" : event);
      if (change.send().equals("twice")) {
        awaitDone(wadi);
        wadi.send(event);
      }
      switch (change.run()) {
        case "lands" -> {
          awaitDone(wadi);
          assertThat(wadi.column("events", "event_id")).containsExactly("a");
        }
        case "copy held" -> {
          await().atMost(RouteFixture.patience()).until(() -> wadi.batchesHeld() >= 2);
          assertThat(wadi.column("events", "event_id")).containsExactly("a");
          assertThat(wadi.held("events")).isEqualTo(1);
        }
        case "dead" -> {
          awaitDone(wadi);
          assertThat(wadi.column("events", "event_id")).isEmpty();
          assertThat(wadi.column("dead_letters", "reason")).containsExactly("step_failed");
        }
        case "filtered" -> {
          awaitDone(wadi);
          assertThat(wadi.commits.get(0).sources().get("sqs:events").filtered()).isEqualTo(1);
        }
        case "held" -> {
          await().atMost(RouteFixture.patience()).until(() -> wadi.batchesHeld() >= 2);
          // a file of the try that is under way is there for a moment
          await()
              .atMost(RouteFixture.patience())
              .untilAsserted(() -> assertThat(wadi.column("events", "event_id")).isEmpty());
          assertThat(wadi.held("events")).isEqualTo(1);
        }
        case "either" -> {
          await()
              .atMost(RouteFixture.patience())
              .until(() -> wadi.held("events") == 0 || wadi.batchesHeld() >= 1);
          // a race with the end of the batch, in which no event may be lost
          assertThat(wadi.held("events") == 1 || !wadi.column("events", "event_id").isEmpty())
              .isTrue();
        }
        default -> throw new IllegalStateException(change.run());
      }
    }
  }

  private static void awaitDone(RouteFixture wadi) {
    await()
        .atMost(RouteFixture.patience())
        .until(() -> wadi.held("events") == 0 && wadi.held("events-dlq") == 0);
  }
}
