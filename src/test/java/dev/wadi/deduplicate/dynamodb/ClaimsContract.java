package dev.wadi.deduplicate.dynamodb;

import static dev.wadi.deduplicate.dynamodb.Tables.commit;
import static dev.wadi.deduplicate.dynamodb.Tables.key;
import static dev.wadi.deduplicate.dynamodb.Tables.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.Fates.Fate;
import dev.wadi.event.SetupException;
import dev.wadi.event.SharedClaims;
import dev.wadi.event.SharedClaims.Answer;
import dev.wadi.event.SharedClaims.Busy;
import dev.wadi.event.SharedClaims.Held;
import dev.wadi.event.SharedClaims.Taken;
import dev.wadi.event.SharedClaims.Wanted;
import dev.wadi.event.TransientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What two processes may expect of claims, on whatever server. */
abstract class ClaimsContract {

  private static final Duration LEASE_AND_MORE = Tables.LEASE.plusMillis(1);

  private final LakeFates lake = new LakeFates();
  private final TestClock clock = new TestClock();
  private ClaimTable one;
  private ClaimTable other;
  private SharedClaims mine;
  private SharedClaims theirs;

  /** A client of its own; closed by whoever made it. */
  abstract DynamoDbClient client();

  /** A table of the test's own. */
  abstract String table();

  @BeforeEach
  void open() {
    String table = table();
    one = Tables.open(client(), table, "host/1/start", lake, clock);
    other = Tables.open(client(), table, "host/2/start", lake, clock);
    mine = one.claims();
    theirs = other.claims();
  }

  @AfterEach
  void close() {
    one.close();
    other.close();
  }

  @Test
  void holdsWhatNobodyHas() {
    assertThat(mine.claim(commit(1), wanted(0, 60))).hasSize(60).containsOnly(new Held());
  }

  @Test
  void claimsNothingForACommitWithoutEvents() {
    assertThat(mine.claim(commit(1), List.of())).isEmpty();
  }

  @Test
  void holdsWhatTheSameCommitAskedForBefore() {
    mine.claim(commit(1), wanted(0, 3));

    assertThat(mine.claim(commit(1), wanted(0, 3))).containsOnly(new Held());
  }

  @Test
  void namesTheCommitThatIsUnderwayWithAKey() {
    mine.claim(commit(1), wanted(0, 2));

    assertThat(theirs.claim(commit(2), wanted(1, 3)))
        .containsExactly(new Busy(commit(1)), new Held());
  }

  @Test
  void tellsWhatLandedAndWhereItCameFrom() {
    mine.claim(commit(1), wanted(0, 2));
    lake.stands(commit(1));

    assertThat(theirs.claim(commit(2), List.of(new Wanted(key(1), -7, "elsewhere"))))
        .containsExactly(new Taken(1, "sqs:events message#1"));
  }

  @Test
  void takesNothingForLandedThatACommitReleasedJustBeforeItStood() {
    mine.claim(commit(1), wanted(0, 2));
    lake.meanwhile(
        () -> {
          // a batch of the commit takes no part after all; the other process has seen its claim
          mine.release(commit(1), List.of(key(0)));
          lake.stands(commit(1));
        });

    assertThat(theirs.claim(commit(2), wanted(0, 2)))
        .containsExactly(new Held(), new Taken(1, "sqs:events message#1"));
  }

  @Test
  void answersInTheOrderOfTheQuestions() {
    mine.claim(commit(1), wanted(10, 20));
    lake.stands(commit(1));
    mine.claim(commit(2), wanted(20, 30));
    List<Wanted> all = wanted(0, 40);
    List<Answer> answers = theirs.claim(commit(3), all);

    for (int i = 0; i < 40; i++) {
      Answer expected =
          switch (i / 10) {
            case 1 -> new Taken(i, all.get(i).position());
            case 2 -> new Busy(commit(2));
            default -> new Held();
          };
      assertThat(answers.get(i)).as("key %s", i).isEqualTo(expected);
    }
  }

  @Test
  void asksForTheFateOfACommitOnceAndNeverAgainWhenItIsSettled() {
    mine.claim(commit(1), wanted(0, 50));
    theirs.claim(commit(2), wanted(0, 50));
    assertThat(lake.asked()).containsExactly(commit(1));

    lake.stands(commit(1));
    theirs.claim(commit(3), wanted(0, 50));
    theirs.claim(commit(4), wanted(0, 50));
    assertThat(lake.asked()).as("unsettled is not remembered").hasSize(2);
  }

  @Test
  void takesOverWhatACommitThatWasGivenUpHeld() {
    mine.claim(commit(1), wanted(0, 3));
    lake.givenUp(commit(1));

    assertThat(theirs.claim(commit(2), wanted(0, 3))).containsOnly(new Held());
    lake.stands(commit(2));
    assertThat(mine.claim(commit(3), wanted(0, 1)))
        .containsExactly(new Taken(0, "sqs:events message#0"));
  }

  @Test
  void leavesAClaimAloneUntilItsLeaseIsOver() {
    mine.claim(commit(1), wanted(0, 1));
    clock.advance(Tables.LEASE.minusMillis(1));

    assertThat(theirs.claim(commit(2), wanted(0, 1))).containsExactly(new Busy(commit(1)));
    assertThat(lake.mark(commit(1), Fate.STANDS)).isEqualTo(Fate.STANDS);
  }

  @Test
  void settlesTheCommitFirstWhoseLeaseIsOver() {
    mine.claim(commit(1), wanted(0, 2));
    clock.advance(LEASE_AND_MORE);

    assertThat(theirs.claim(commit(2), wanted(0, 1))).containsExactly(new Held());
    assertThat(lake.mark(commit(1), Fate.STANDS))
        .as("the marker that the zombie finds")
        .isEqualTo(Fate.GIVEN_UP);
  }

  @Test
  void aLateClaimOfACommitKeepsItsEarlierOnesAlive() {
    mine.claim(commit(1), wanted(0, 1));
    clock.advance(LEASE_AND_MORE);
    mine.claim(commit(1), wanted(1, 2));

    assertThat(theirs.claim(commit(2), wanted(0, 2))).containsOnly(new Busy(commit(1)));
  }

  @Test
  void aZombieGetsNothingBackAndNothingOfItsCommitCounts() {
    mine.claim(commit(1), wanted(0, 2));
    clock.advance(LEASE_AND_MORE);
    theirs.claim(commit(2), wanted(0, 1));

    assertThat(mine.claim(commit(1), wanted(0, 1))).containsExactly(new Busy(commit(2)));
    lake.stands(commit(2));
    assertThat(mine.claim(commit(1), wanted(0, 1)))
        .containsExactly(new Taken(0, "sqs:events message#0"));
    assertThat(theirs.claim(commit(3), wanted(1, 2)))
        .as("what the zombie still seems to have")
        .containsExactly(new Held());
  }

  @Test
  void aZombiesReleaseDoesNotTouchWhatWasTakenOver() {
    mine.claim(commit(1), wanted(0, 1));
    lake.givenUp(commit(1));
    theirs.claim(commit(2), wanted(0, 1));
    mine.release(commit(1), List.of(key(0)));

    assertThat(mine.claim(commit(3), wanted(0, 1))).containsExactly(new Busy(commit(2)));
  }

  @Test
  void anotherCommitMayHaveWhatWasReleased() {
    mine.claim(commit(1), wanted(0, 3));
    mine.release(commit(1), List.of(key(0), key(1)));
    lake.stands(commit(1));

    assertThat(theirs.claim(commit(2), wanted(0, 3)))
        .containsExactly(new Held(), new Held(), new Taken(2, "sqs:events message#2"));
  }

  @Test
  void releasingTwiceIsOnce() {
    mine.claim(commit(1), wanted(0, 1));
    mine.release(commit(1), List.of(key(0)));
    theirs.claim(commit(2), wanted(0, 1));
    mine.release(commit(1), List.of(key(0)));

    assertThat(mine.claim(commit(3), wanted(0, 1))).containsExactly(new Busy(commit(2)));
  }

  @Test
  void aCommitDoesNotGetBackWhatItReleased() {
    mine.claim(commit(1), wanted(0, 1));
    mine.release(commit(1), List.of(key(0)));

    assertThat(mine.claim(commit(1), wanted(0, 1))).containsExactly(new Busy(commit(1)));
    assertThat(mine.claim(commit(2), wanted(0, 1))).containsExactly(new Held());
  }

  @Test
  void onlyOneOfTwoTakesOverTheSameKeys() throws Exception {
    mine.claim(commit(1), wanted(0, 100));
    lake.givenUp(commit(1));
    List<Answer> answersToThem = Collections.synchronizedList(new ArrayList<>());
    Thread racer = new Thread(() -> answersToThem.addAll(theirs.claim(commit(2), wanted(0, 100))));
    racer.start();
    List<Answer> answersToMe = mine.claim(commit(3), wanted(0, 100));
    racer.join();

    for (int i = 0; i < 100; i++) {
      boolean iHoldIt = answersToMe.get(i) instanceof Held;
      assertThat(answersToThem.get(i)).isEqualTo(iHoldIt ? new Busy(commit(3)) : new Held());
      assertThat(answersToMe.get(i)).isEqualTo(iHoldIt ? new Held() : new Busy(commit(2)));
    }
  }

  @Test
  void aLakesKeysAreSeededAndAreTakenThen() {
    Seeding seeding = one.seeding("1");
    assertThat(seeding.last()).isEmpty();
    lake.stands(commit(1), commit(2));
    assertThat(seeding.seed(commit(1), wanted(0, 1100))).isZero();
    assertThat(seeding.last()).as("not all of it yet").isEmpty();
    seeding.done(commit(1));

    assertThat(seeding.hasEnded()).isFalse();
    assertThat(other.seeding("1").last()).contains(commit(1));
    assertThat(seeding.seed(commit(2), wanted(1099, 1101)))
        .as("keys of another commit")
        .isEqualTo(1);
    seeding.end(commit(2));
    assertThat(other.seeding("1").hasEnded()).isTrue();
    assertThat(theirs.claim(commit(3), wanted(1099, 1102)))
        .containsExactly(
            new Taken(1099, "sqs:events message#1099"),
            new Taken(1100, "sqs:events message#1100"),
            new Held());
  }

  @Test
  void letsOthersJoinWhereTheTableHasBeenFilledAndNowhereElse() {
    assertThatThrownBy(() -> other.seeding("1").requireEnded())
        .as("made anew")
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("wadi ledger rebuild --alone");
    one.seeding("1").done(commit(1));
    assertThatThrownBy(() -> other.seeding("1").requireEnded()).isInstanceOf(SetupException.class);

    one.seeding("1").end(commit(1));

    assertThatCode(() -> other.seeding("1").requireEnded()).doesNotThrowAnyException();
    assertThatThrownBy(() -> other.seeding("3").requireEnded()).isInstanceOf(SetupException.class);
  }

  @Test
  void theTableIsOfTheLakeThatUsedItFirst() {
    one.requireLake("s3://mine");

    assertThatCode(() -> other.requireLake("s3://mine")).doesNotThrowAnyException();
    assertThatThrownBy(() -> other.requireLake("s3://copy"))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("that of the lake s3://mine, not of s3://copy")
        .hasMessageContaining("wadi.deduplicate.table");
    assertThatCode(() -> one.requireLake("s3://mine")).doesNotThrowAnyException();
  }

  @Test
  void seedingMayBeBrokenOffAndRepeated() {
    lake.stands(commit(1));
    mine.claim(commit(1), wanted(0, 7));

    assertThat(one.seeding("1").seed(commit(1), wanted(0, 10))).isZero();
    assertThat(one.seeding("1").seed(commit(1), wanted(0, 10))).isZero();
    assertThat(theirs.claim(commit(2), wanted(9, 10)))
        .containsExactly(new Taken(9, "sqs:events message#9"));
  }

  @Test
  void seedingAnEmptyLakeEndsAtOnce() {
    one.seeding("1").end(null);

    assertThat(one.seeding("1").hasEnded()).isTrue();
    assertThat(one.seeding("1").last()).isEmpty();
  }

  @Test
  void seedingStopsWhereAnotherProcessIsAtWork() {
    lake.stands(commit(1));
    theirs.claim(commit(2), wanted(0, 1));

    assertThatThrownBy(() -> one.seeding("1").seed(commit(1), wanted(0, 1)))
        .isInstanceOf(TransientException.class)
        .hasMessageContaining(commit(2));
    assertThat(one.seeding("1").last()).isEmpty();
  }
}
