package dev.wadi.deduplicate.dynamodb;

import static dev.wadi.deduplicate.dynamodb.Tables.commit;
import static dev.wadi.deduplicate.dynamodb.Tables.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.event.EventKey;
import dev.wadi.event.SharedClaims.Answer;
import dev.wadi.event.SharedClaims.Busy;
import dev.wadi.event.SharedClaims.Held;
import dev.wadi.event.SharedClaims.Wanted;
import dev.wadi.process.MotoServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Two processes, JVMs of their own, race for the same keys: 10,000, or as many as {@code
 * -Dwadi.race.keys} says, in steps of 500.
 */
@Tag("integration")
class RaceIT {

  private static final String SIZE = "wadi.race.keys";
  private static final int KEYS = Integer.getInteger(SIZE, 10_000);
  private static final int CUT = 500;

  /** No claim is so old in a race that the other racer may take it over. */
  private static final TableSettings SETTINGS =
      new TableSettings(
          "race",
          true,
          Duration.ofHours(12),
          Duration.ZERO,
          Tables.CONNECTIONS,
          Duration.ofMinutes(5));

  @TempDir Path folder;
  private static MotoServer server;

  @BeforeAll
  static void start() throws Exception {
    server = MotoServer.start();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void givesEachOfThousandsOfKeysToOneOfTwoProcesses() throws Exception {
    try (DynamoDbClient client = Tables.client(server.endpoint());
        ClaimTable made =
            Tables.open(client, SETTINGS, "test", new LakeFates(), Clock.systemUTC())) {
      assertThat(made.seeding("1").hasEnded()).isFalse();
    }
    Process one = racer(1);
    Process other = racer(2);
    assertThat(one.waitFor(30, TimeUnit.MINUTES)).isTrue();
    assertThat(other.waitFor(30, TimeUnit.MINUTES)).isTrue();
    assertThat(one.exitValue()).as("%s", Files.readString(log(1))).isZero();
    assertThat(other.exitValue()).as("%s", Files.readString(log(2))).isZero();

    List<String> first = Files.readAllLines(held(1));
    List<String> second = Files.readAllLines(held(2));
    Set<String> both = new HashSet<>(first);
    both.addAll(second);
    assertThat(first.size() + second.size()).as("claims held").isEqualTo(KEYS);
    assertThat(both).as("keys held").hasSize(KEYS);
    assertThat(first).as("won by the first").isNotEmpty();
    assertThat(second).as("won by the second").isNotEmpty();
  }

  private Process racer(int number) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-D" + SIZE + "=" + KEYS,
            "-cp",
            System.getProperty("java.class.path"),
            RaceIT.class.getName(),
            server.endpoint().toString(),
            Integer.toString(number),
            held(number).toString())
        .redirectErrorStream(true)
        .redirectOutput(log(number).toFile())
        .start();
  }

  private Path held(int number) {
    return folder.resolve("held-" + number);
  }

  private Path log(int number) {
    return folder.resolve("log-" + number);
  }

  /**
   * One of the racers: claims all keys in an order of its own, a commit for each few, and writes
   * down which it holds.
   *
   * @param arguments the server, the racer's number, the file to write
   */
  public static void main(String[] arguments) throws IOException {
    int number = Integer.parseInt(arguments[1]);
    List<Wanted> all = new ArrayList<>(wanted(0, KEYS));
    Collections.shuffle(all, new Random(number));
    List<String> held = new ArrayList<>();
    try (DynamoDbClient client = Tables.client(URI.create(arguments[0]));
        ClaimTable table =
            Tables.open(client, SETTINGS, "racer/" + number, new LakeFates(), Clock.systemUTC())) {
      for (int from = 0; from < KEYS; from += CUT) {
        List<Wanted> cut = all.subList(from, from + CUT);
        List<Answer> answers = table.claims().claim(commit(number * KEYS + from), cut);
        for (int i = 0; i < CUT; i++) {
          EventKey key = cut.get(i).key();
          Answer answer = answers.get(i);
          if (answer instanceof Held) {
            held.add(key.hex());
          } else if (!(answer instanceof Busy)) {
            throw new IllegalStateException(key + " is " + answer);
          }
        }
      }
    }
    Files.write(Path.of(arguments[2]), held);
  }
}
