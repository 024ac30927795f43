package dev.wadi.deduplicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wadi.event.Batch;
import dev.wadi.event.Claims.Answer;
import dev.wadi.event.Claims.Fresh;
import dev.wadi.event.Claims.InFlight;
import dev.wadi.event.Claims.LandedKey;
import dev.wadi.event.Claims.LandedOther;
import dev.wadi.event.Claims.LandedSame;
import dev.wadi.event.EventKey;
import dev.wadi.event.SourceRecord;
import dev.wadi.event.TransientException;
import java.lang.Thread.State;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class CaffeineClaimsTest {

  private static final EventKey KEY = Keys.key(1);
  private static final long HASH = 100;

  @TempDir Path folder;
  private SegmentLedger ledger;
  private CaffeineClaims claims;
  private final Batch first = Keys.batch(1, 2);
  private final Batch second = Keys.batch(2, 2);

  @BeforeEach
  void open() {
    ledger = SegmentLedger.open(folder, OnDamage.FALL_BACK);
    claims = new CaffeineClaims(ledger, 10);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void theFirstClaimIsFresh() {
    assertThat(claim(first, 0, HASH)).isInstanceOf(Fresh.class);
    assertThat(claims.held()).isEqualTo(1);
  }

  @Test
  void theRecordThatHoldsAClaimGetsItAgain() {
    claim(first, 0, HASH);
    assertThat(claim(first, 0, HASH)).isInstanceOf(Fresh.class);
    assertThat(claims.held()).isEqualTo(1);
  }

  @Test
  void aCopyInAnotherBatchHearsWhoHoldsTheClaim() {
    claim(first, 0, HASH);
    assertThat(claim(second, 0, 7)).isEqualTo(new InFlight(first, record(first, 0), HASH));
  }

  @Test
  void aCopyInTheSameBatchHearsWhichRecordHoldsTheClaim() {
    claim(first, 0, HASH);
    assertThat(claim(first, 1, HASH)).isEqualTo(new InFlight(first, record(first, 0), HASH));
  }

  @Test
  void aRedeliveryOfTheSamePositionInAnotherBatchIsAnotherRecord() {
    Batch again = new Batch("test", 9, first.records(), List.of());
    claim(first, 0, HASH);
    assertThat(claim(again, 0, HASH)).isInstanceOf(InFlight.class);
  }

  @Test
  void aLandedKeyIsADuplicateOrAConflictByItsPayload() {
    claim(first, 0, HASH);
    confirm(HASH);

    assertThat(claim(second, 0, HASH)).isEqualTo(new LandedSame());
    assertThat(claim(second, 1, 7)).isEqualTo(new LandedOther(HASH));
    assertThat(claims.held()).isZero();
  }

  @Test
  void aLandedKeyIsKnownAfterARestartAndWhenTheCacheHasForgottenIt() {
    confirm(HASH);
    ledger.close();
    open();
    assertThat(claim(second, 0, HASH)).isEqualTo(new LandedSame());

    CaffeineClaims uncached = new CaffeineClaims(ledger, 0);
    for (int i = 0; i < 100; i++) {
      assertThat(uncached.claim(second, record(second, 0), KEY, 7))
          .isEqualTo(new LandedOther(HASH));
    }
  }

  @Test
  void aConfirmationIsDurableWhenItReturns() {
    confirm(HASH);
    try (SegmentLedger onDisk = SegmentLedger.open(folder, OnDamage.FALL_BACK)) {
      assertThat(onDisk.find(KEY)).hasValue(HASH);
    }
  }

  @Test
  void confirmingACommitTwiceIsOnce() {
    claim(first, 0, HASH);
    confirm(HASH);
    confirm(HASH);

    assertThat(ledger.count()).isEqualTo(1);
    assertThat(claim(second, 0, HASH)).isEqualTo(new LandedSame());
  }

  @Test
  void theClaimIsKeptWhenTheLedgerCannotBeWritten() {
    claim(first, 0, HASH);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> confirm(HASH)).isInstanceOf(TransientException.class);
    assertThat(Thread.interrupted()).isTrue();

    assertThat(claim(second, 0, HASH)).isInstanceOf(InFlight.class);
    confirm(HASH);
    assertThat(claim(second, 0, HASH)).isEqualTo(new LandedSame());
  }

  @Test
  void noClaimIsLeftWhenTheLedgerCannotBeRead() {
    ledger.close();
    assertThatThrownBy(() -> claim(first, 0, HASH)).isInstanceOf(IllegalStateException.class);
    assertThat(claims.held()).isZero();
  }

  @Test
  void aReleasedKeyIsFreshForACopy() {
    claim(first, 0, HASH);
    claims.release(first, record(first, 0), KEY);
    assertThat(claim(second, 0, HASH)).isInstanceOf(Fresh.class);
  }

  @Test
  void onlyTheRecordThatHoldsAClaimReleasesIt() {
    claim(first, 0, HASH);
    claims.release(first, record(first, 1), KEY);
    claims.release(second, record(second, 0), KEY);
    claims.release(new Batch("test", 9, first.records(), List.of()), record(first, 0), KEY);

    assertThat(claim(second, 0, HASH)).isInstanceOf(InFlight.class);
  }

  @Test
  void releasingWhatHasLandedChangesNothing() {
    claim(first, 0, HASH);
    confirm(HASH);
    claims.release(first, record(first, 0), KEY);
    claims.releaseAll(first);

    assertThat(claim(second, 0, HASH)).isEqualTo(new LandedSame());
  }

  @Test
  void aBatchGivesUpAllItsClaimsAndNoOthers() {
    claims.claim(first, record(first, 0), Keys.key(1), HASH);
    claims.claim(first, record(first, 1), Keys.key(2), HASH);
    claims.claim(second, record(second, 0), Keys.key(3), HASH);
    claims.releaseAll(first);
    claims.releaseAll(first);

    assertThat(claims.held()).isEqualTo(1);
    assertThat(claims.claim(first, record(first, 0), Keys.key(3), HASH))
        .isInstanceOf(InFlight.class);
    assertThat(claims.claim(second, record(second, 1), Keys.key(2), HASH))
        .isInstanceOf(Fresh.class);
  }

  @Test
  void inFlightClaimsOutnumberTheCacheAndNoneIsEvicted() {
    Batch large = Keys.batch(3, 5000);
    for (int i = 0; i < 5000; i++) {
      claims.claim(large, record(large, i), Keys.key(i), HASH);
    }
    for (int i = 0; i < 5000; i++) {
      assertThat(claims.claim(second, record(second, 0), Keys.key(i), HASH))
          .isInstanceOf(InFlight.class);
    }
  }

  @Test
  void aClaimIsNotFreshWhenTheKeyLandsWhileTheLedgerIsAsked() {
    LedgerInMemory slow = new LedgerInMemory();
    CaffeineClaims racing = new CaffeineClaims(slow, 10);
    AtomicReference<Answer> rival = new AtomicReference<>();
    Thread lands =
        new Thread(
            () -> {
              rival.set(racing.claim(first, record(first, 0), KEY, HASH));
              if (rival.get() instanceof Fresh) {
                racing.confirm(Keys.commit(1), List.of(new LandedKey(KEY, HASH)));
              }
            });
    slow.afterFind =
        () -> {
          slow.afterFind = () -> {};
          lands.start();
          await().until(() -> lands.getState() == State.BLOCKED || !lands.isAlive());
        };
    Answer answer = racing.claim(second, record(second, 0), KEY, HASH);
    await().until(() -> !lands.isAlive());

    assertThat(List.of(answer, rival.get()))
        .as("one of the two claims is fresh")
        .satisfiesOnlyOnce(one -> assertThat(one).isInstanceOf(Fresh.class));
  }

  @Test
  void aClaimIsHeldUntilTheLedgerHasTheKey() {
    LedgerInMemory slow = new LedgerInMemory();
    CaffeineClaims racing = new CaffeineClaims(slow, 10);
    List<Answer> rivals = new ArrayList<>();
    Runnable rival = () -> rivals.add(racing.claim(second, record(second, 0), KEY, HASH));
    slow.beforeAppend = rival;
    slow.afterAppend = rival;
    racing.claim(first, record(first, 0), KEY, HASH);
    racing.confirm(Keys.commit(1), List.of(new LandedKey(KEY, HASH)));
    rival.run();

    InFlight inFlight = new InFlight(first, record(first, 0), HASH);
    assertThat(rivals).containsExactly(inFlight, inFlight, new LandedSame());
  }

  private Answer claim(Batch batch, int index, long payloadHash) {
    return claims.claim(batch, record(batch, index), KEY, payloadHash);
  }

  private void confirm(long payloadHash) {
    claims.confirm(Keys.commit(1), List.of(new LandedKey(KEY, payloadHash)));
  }

  private static SourceRecord record(Batch batch, int index) {
    return batch.records().get(index);
  }
}
