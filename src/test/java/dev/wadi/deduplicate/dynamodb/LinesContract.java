package dev.wadi.deduplicate.dynamodb;

import static dev.wadi.deduplicate.dynamodb.Tables.commit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.Fates.Fate;
import dev.wadi.event.Lines;
import dev.wadi.event.Lines.Part;
import dev.wadi.event.TransientException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What two readers of one stream may expect of its lines, on whatever server. */
abstract class LinesContract {

  private static final String SOURCE = "kinesis:events";

  private final LakeFates lake = new LakeFates();
  private final TestClock clock = new TestClock();
  private ClaimTable one;
  private ClaimTable other;
  private Lines mine;
  private Lines theirs;

  /** A client of its own; closed by whoever made it. */
  abstract DynamoDbClient client();

  /** A table of the test's own. */
  abstract String table();

  @BeforeEach
  void open() {
    String table = table();
    one = Tables.open(client(), table, "host/1/start", lake, clock);
    other = Tables.open(client(), table, "host/2/start", lake, clock);
    mine = one.lines();
    theirs = other.lines();
  }

  @AfterEach
  void close() {
    one.close();
    other.close();
  }

  @Test
  void knowsNothingOfANewLine() {
    assertThat(mine.begin(SOURCE, "shard-1")).isEmpty();
  }

  @Test
  void goesOnBehindWhatACommitThatStandsAccountsFor() {
    assertThat(take(mine, 1, part(null, "10"))).isEmpty();
    lake.stands(commit(1));
    mine.confirm(commit(1), SOURCE, List.of(part(null, "10")));
    assertThat(take(mine, 2, part("10", "20"))).isEmpty();
    lake.stands(commit(2));

    assertThat(theirs.begin(SOURCE, "shard-1")).contains("20");
    assertThat(theirs.begin(SOURCE, "shard-2")).isEmpty();
    assertThat(theirs.begin("kinesis:other", "shard-1")).isEmpty();
  }

  @Test
  void goesBackToBeforeACommitThatWasGivenUp() {
    take(mine, 1, part(null, "10"));
    lake.givenUp(commit(1));
    assertThat(theirs.begin(SOURCE, "shard-1")).isEmpty();

    take(theirs, 2, part(null, "15"));
    lake.stands(commit(2));
    take(theirs, 3, part("15", "30"));
    lake.givenUp(commit(3));
    assertThat(mine.begin(SOURCE, "shard-1")).contains("15");
  }

  @Test
  void whoTakesALineOverSettlesTheCommitOfTheOneBeforeAtOnce() {
    take(mine, 1, part(null, "10"));

    assertThat(theirs.begin(SOURCE, "shard-1")).isEmpty();
    assertThat(lake.mark(commit(1), Fate.STANDS)).isEqualTo(Fate.GIVEN_UP);
  }

  @Test
  void refusesAPartThatAnotherHasReadOnFrom() {
    take(mine, 1, part(null, "10"));
    lake.stands(commit(1));
    theirs.begin(SOURCE, "shard-1");
    take(theirs, 2, part("10", "15"));
    lake.stands(commit(2));

    assertThat(take(mine, 3, part("10", "20"))).containsExactly(part("10", "20"));
    assertThat(take(mine, 4, part(null, "10"))).containsExactly(part(null, "10"));
    assertThat(take(theirs, 5, part("15", "20"))).isEmpty();
  }

  @Test
  void refusesAPartBehindWhatIsAccountedFor() {
    assertThat(take(mine, 1, part("5", "10"))).containsExactly(part("5", "10"));
  }

  @Test
  void takesThePartsOfSeveralLinesAndRefusesOnlyThoseThatAreGone() {
    take(theirs, 1, new Part("shard-2", null, "7"));
    lake.stands(commit(1));
    Part first = new Part("shard-1", null, "3");
    Part second = new Part("shard-2", null, "4");

    assertThat(mine.take(commit(2), SOURCE, List.of(first, second))).containsExactly(second);
    lake.stands(commit(2));
    assertThat(mine.begin(SOURCE, "shard-1")).contains("3");
  }

  @Test
  void takingTheSamePartForTheSameCommitTwiceIsOnce() {
    take(mine, 1, part(null, "10"));

    assertThat(take(mine, 1, part(null, "10"))).isEmpty();
    assertThat(take(mine, 1, part(null, "11"))).containsExactly(part(null, "11"));
  }

  @Test
  void waitsForACommitThatIsUnderway() {
    take(mine, 1, part(null, "10"));

    assertThatThrownBy(() -> take(theirs, 2, part("10", "20")))
        .isInstanceOf(TransientException.class)
        .hasMessageContaining(commit(1));
  }

  @Test
  void settlesACommitWhoseLeaseIsOver() {
    take(mine, 1, part(null, "10"));
    clock.advance(Tables.LEASE.plusMillis(1));

    assertThat(take(theirs, 2, part("10", "20"))).containsExactly(part("10", "20"));
    assertThat(take(theirs, 3, part(null, "20"))).isEmpty();
    assertThat(lake.mark(commit(1), Fate.STANDS)).isEqualTo(Fate.GIVEN_UP);
  }

  private static List<Part> take(Lines lines, int commit, Part part) {
    return List.copyOf(lines.take(commit(commit), SOURCE, List.of(part)));
  }

  private static Part part(String after, String to) {
    return new Part("shard-1", after, to);
  }
}
