package dev.wadi.deduplicate.dynamodb;

import static dev.wadi.deduplicate.dynamodb.Tables.commit;
import static dev.wadi.deduplicate.dynamodb.Tables.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.deduplicate.RouteKeys;
import dev.wadi.event.SharedClaims.Busy;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What users' routes in two processes may expect of their keys, on whatever server. */
abstract class RouteKeysContract {

  private static final Duration LEASE_AND_MORE = Tables.LEASE.plusMillis(1);

  private final TestClock clock = new TestClock();
  private ClaimTable one;
  private ClaimTable other;
  private RouteKeys mine;
  private RouteKeys theirs;

  /** A client of its own; closed by whoever made it. */
  abstract DynamoDbClient client();

  /** A table of the test's own. */
  abstract String table();

  @BeforeEach
  void open() {
    String table = table();
    one = Tables.open(client(), table, "host/1/start", new LakeFates(), clock);
    other = Tables.open(client(), table, "host/2/start", new LakeFates(), clock);
    mine = one.routeKeys();
    theirs = other.routeKeys();
  }

  @AfterEach
  void close() {
    mine.close();
    one.close();
    other.close();
  }

  @Test
  void givesAKeyToOneOwner() {
    assertThat(mine.contains("a")).isFalse();
    assertThat(mine.add("a", "exchange 1")).isTrue();

    assertThat(mine.add("a", "exchange 2")).isFalse();
    assertThat(theirs.add("a", "exchange 1")).isFalse();
    assertThat(theirs.contains("a")).isTrue();
    assertThat(theirs.add("b", "exchange 1")).isTrue();
  }

  @Test
  void keepsAConfirmedKeyForGood() {
    mine.add("a", "exchange");
    assertThat(mine.confirm("a", "exchange")).isTrue();
    clock.advance(LEASE_AND_MORE);

    assertThat(theirs.contains("a")).isTrue();
    assertThat(theirs.add("a", "exchange")).isFalse();
    assertThat(mine.confirm("a")).as("confirmed before").isFalse();
    assertThat(mine.confirm("a", "exchange")).as("no longer the owner's").isFalse();
  }

  @Test
  void onlyTheOwnerConfirmsAndRemoves() {
    mine.add("a", "exchange");

    assertThat(mine.confirm("a", "another")).isFalse();
    assertThat(theirs.confirm("a", "exchange")).isFalse();
    assertThat(mine.remove("a", "another")).isFalse();
    assertThat(theirs.remove("a", "exchange")).isFalse();
    assertThat(mine.remove("a", "exchange")).isTrue();
    assertThat(theirs.contains("a")).isFalse();
    assertThat(theirs.add("a", "exchange")).isTrue();
  }

  @Test
  void theKeyOfADeadProcessIsFreeWhenItsLeaseIsOver() {
    mine.add("a", "exchange");
    clock.advance(LEASE_AND_MORE);

    assertThat(theirs.contains("a")).isFalse();
    assertThat(theirs.add("a", "exchange")).isTrue();
    assertThat(mine.remove("a", "exchange")).as("it is another's now").isFalse();
    assertThat(theirs.contains("a")).isTrue();
    assertThat(theirs.confirm("a", "exchange")).isTrue();
  }

  @Test
  void confirmsAndRemovesWhoeverHasAKey() {
    mine.add("a", "exchange");

    assertThat(theirs.confirm("a")).isTrue();
    assertThat(theirs.remove("a")).isTrue();
    assertThat(theirs.remove("a")).isFalse();
    assertThat(mine.contains("a")).isFalse();
  }

  @Test
  void forgetsItsKeysAndNoClaims() {
    one.claims().claim(commit(1), wanted(0, 2));
    mine.add("a", "exchange");
    mine.confirm("b");
    mine.clear();

    assertThat(theirs.contains("a")).isFalse();
    assertThat(theirs.contains("b")).isFalse();
    assertThat(mine.confirm("a", "exchange")).isFalse();
    assertThat(other.claims().claim(commit(2), wanted(0, 2))).containsOnly(new Busy(commit(1)));
  }
}
