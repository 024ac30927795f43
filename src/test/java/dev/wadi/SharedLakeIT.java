package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.land.CommitIds;
import dev.wadi.process.Servers.Service;
import dev.wadi.process.SharedLake;
import dev.wadi.process.WadiCommands;
import dev.wadi.process.WadiProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A lake in a bucket that one process writes, then two that share a table, then one again; every
 * event comes each time and lands once.
 */
@Tag("integration")
class SharedLakeIT {

  private static final int EVENTS = 300;
  private static final Clock IN_AN_HOUR = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));

  @TempDir Path folder;
  private SharedLake lake;

  @BeforeEach
  void open() throws Exception {
    lake = new SharedLake(folder, Service.DYNAMODB);
  }

  @AfterEach
  void close() throws IOException {
    if (lake != null) {
      lake.close();
    }
  }

  @Test
  void landsEachEventOnceWhoeverWritesTheLake() throws Exception {
    WadiProcess alone = run("a", "caffeine");
    lake.send(0, EVENTS);
    lake.awaitReceived(EVENTS);
    assertThat(lake.totals())
        .containsEntry("landed", (long) EVENTS)
        .containsEntry("duplicates", 0L);
    assertThat(alone.terminate()).as(alone.log()).isZero();

    // what lands next comes behind a commit of a writer whose clock is ahead, as readers expect
    String ahead = new CommitIds(IN_AN_HOUR, new Random(1), null).next();
    lake.giveUp(ahead);
    List<String> before = lake.commits();
    WadiProcess one = run("b", "dynamodb");
    WadiProcess two = run("c", "dynamodb");
    // all that landed before, and as much that is new
    lake.send(0, 2 * EVENTS);
    lake.awaitReceived(3 * EVENTS);
    assertThat(lake.totals())
        .containsEntry("landed", 2L * EVENTS)
        .containsEntry("duplicates", (long) EVENTS);
    assertThat(lake.commits())
        .filteredOn(commit -> !before.contains(commit))
        .isNotEmpty()
        .allMatch(commit -> commit.compareTo(ahead) > 0);

    assertThat(
            new WadiCommands(lake.data("d"), lake.environment("caffeine"))
                .refusal(1, "run", "--profile", "aws", "--port", "0"))
        .contains("share the table claims")
        .contains("wadi ledger rebuild --alone");
    assertThat(one.terminate()).as(one.log()).isZero();
    assertThat(two.terminate()).as(two.log()).isZero();

    // the folder that was alone before: its ledger lacks what others have landed since
    new WadiCommands(lake.data("a"), lake.environment("caffeine"))
        .read("ledger", "rebuild", "--alone", "--profile", "aws");
    WadiProcess again = run("a", "caffeine");
    lake.send(0, 2 * EVENTS);
    lake.awaitReceived(5 * EVENTS);
    assertThat(lake.totals())
        .containsEntry("landed", 2L * EVENTS)
        .containsEntry("duplicates", 3L * EVENTS);

    // shared once more by the table that lacks what has landed since
    lake.send(2 * EVENTS, 3 * EVENTS);
    lake.awaitReceived(6 * EVENTS);
    assertThat(again.terminate()).as(again.log()).isZero();
    run("b", "dynamodb");
    lake.send(2 * EVENTS, 3 * EVENTS);
    lake.awaitReceived(7 * EVENTS);
    assertThat(lake.totals())
        .containsEntry("landed", 3L * EVENTS)
        .containsEntry("duplicates", 4L * EVENTS);
  }

  @Test
  void endsAWriterThatIsAloneWhenAnotherBeginsToWrite() throws Exception {
    WadiProcess first = run("a", "caffeine");
    lake.send(0, 10);
    lake.awaitReceived(10);

    run("b", "caffeine");

    int sent = 10;
    // it notices when it next would commit
    while (first.isAlive() && sent < 2_000) {
      lake.send(sent, sent + 10);
      sent += 10;
      first.awaitExit(Duration.ofSeconds(2));
    }
    assertThat(first.waitFor()).as(first.log()).isEqualTo(1);
    assertThat(first.errors()).anyMatch(line -> line.contains("may not write to it any more"));
    lake.awaitReceived(sent);
    assertThat(lake.totals()).containsEntry("landed", (long) sent).containsEntry("duplicates", 0L);
  }

  private WadiProcess run(String data, String repository) throws Exception {
    return lake.run(data, lake.environment(repository));
  }
}
