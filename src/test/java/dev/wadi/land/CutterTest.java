package dev.wadi.land;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.Batch;
import dev.wadi.event.Claims;
import dev.wadi.event.EventKey;
import dev.wadi.event.Outcome;
import dev.wadi.event.SourceRecord;
import dev.wadi.event.TransientException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class CutterTest {

  @TempDir Path folder;
  private Claims claims;
  private Cutter cutter;

  @BeforeEach
  void open() {
    claims = Batches.claims(folder);
    cutter = new Cutter(claims, 1_000);
  }

  @Test
  void landsTheFirstCopyInACommitAndSetsTheLaterOnesAside() {
    Batch first = Batches.candidates(claims, "sqs:events", "a", "b", "a");
    Batch second = Batches.candidates(claims, "sqs:events", "b", "b=other", "c");

    assertThat(Batches.cut(cutter, List.of(first, second))).containsExactly(first, second);

    assertThat(outcomes(first)).containsExactly("Candidate", "Candidate", "Duplicate");
    assertThat(outcomes(second)).containsExactly("Duplicate", "Conflict", "Candidate");
  }

  @Test
  void leavesABatchWaitingThatHasACopyOfWhatAnotherBatchStillWorksOn() {
    Batch working = Batches.candidates(claims, "kinesis:shard-1", "a");
    Batch copy = Batches.candidates(claims, "sqs:events", "a", "z");
    Batch other = Batches.candidates(claims, "sqs:events", "b");

    assertThat(Batches.cut(cutter, List.of(copy, other))).containsExactly(other);
    assertThat(outcomes(copy)).as("still undecided").containsExactly("Candidate", "Candidate");

    assertThat(Batches.cut(cutter, List.of(working, copy))).containsExactly(working, copy);
    assertThat(outcomes(copy)).containsExactly("Duplicate", "Candidate");
  }

  @Test
  void leavesThoseWaitingThatDependOnABatchThatIsLeftWaiting() {
    Batch working = Batches.candidates(claims, "kinesis:shard-1", "a");
    Batch first = Batches.candidates(claims, "sqs:events", "b", "a");
    Batch second = Batches.candidates(claims, "sqs:events", "b");

    assertThat(Batches.cut(cutter, List.of(first, second))).isEmpty();
    claims.releaseAll(working);
    assertThat(Batches.cut(cutter, List.of(first, second))).containsExactly(first, second);
    assertThat(outcomes(first)).containsExactly("Candidate", "Candidate");
  }

  @Test
  void cutsACommitOfItsOwnForABatchThatTravelsAlone() {
    Batch first = Batches.candidates(claims, "sqs:events", "a");
    Batch alone = Batches.candidates(claims, "sqs:events", "b");
    alone.travelAlone();
    Batch last = Batches.candidates(claims, "sqs:events", "c");

    assertThat(Batches.cut(cutter, List.of(first, alone, last))).containsExactly(alone);
    assertThat(Batches.cut(cutter, List.of(first, last))).containsExactly(first, last);
  }

  @Test
  void cutsTheOthersWhileABatchThatTravelsAloneDependsOnOneThatHasNotCome() {
    Batch working = Batches.candidates(claims, "kinesis:shard-1", "a");
    Batch alone = Batches.candidates(claims, "sqs:events", "a");
    alone.travelAlone();
    Batch other = Batches.candidates(claims, "sqs:events", "b");

    assertThat(Batches.cut(cutter, List.of(alone, other))).containsExactly(other);
    assertThat(Batches.cut(cutter, List.of(working, alone)))
        .as("what it depends on comes first")
        .containsExactly(working);
  }

  @Test
  void takesTwoBatchesThatDependOnEachOtherTogether() {
    Batch first = Batches.unclaimed("sqs:events", "a", "b");
    Batch second = Batches.unclaimed("kinesis:shard-1", "b", "a");
    Batches.claim(claims, first, 0, "a");
    Batches.claim(claims, second, 0, "b");
    Batches.claim(claims, first, 1, "b");
    Batches.claim(claims, second, 1, "a");

    assertThat(Batches.cut(cutter, List.of(first, second))).containsExactly(first, second);
    assertThat(outcomes(first)).containsExactly("Candidate", "Duplicate");
    assertThat(outcomes(second)).containsExactly("Candidate", "Duplicate");
  }

  @Test
  void landsTheCopyIfTheBatchThatWasFirstFailed() {
    Batch failed = Batches.candidates(claims, "kinesis:shard-1", "a");
    Batch copy = Batches.candidates(claims, "sqs:events", "a");
    claims.releaseAll(failed);

    Batches.cut(cutter, List.of(copy));

    assertThat(outcomes(copy)).containsExactly("Candidate");
  }

  @Test
  void landsTheCopyIfTheFirstWasDroppedAfterItsClaim() {
    Batch batch = Batches.candidates(claims, "sqs:events", "a", "a=other");
    batch.account().put(batch.records().get(0), new Outcome.Filtered("test"));

    Batches.cut(cutter, List.of(batch));

    assertThat(outcomes(batch)).containsExactly("Filtered", "Candidate");
  }

  @Test
  void tellsDuplicatesAndConflictsOfWhatLandedMeanwhile() {
    Batch first = Batches.candidates(claims, "kinesis:shard-1", "a");
    Batch copies = Batches.candidates(claims, "sqs:events", "a", "a=other");
    claims.confirm(
        "01ARZ3NDEKTSV4RRFFQ69G5FAV",
        List.of(new Claims.LandedKey(EventKey.of("json", "a"), "a".hashCode())));
    claims.releaseAll(first);

    Batches.cut(cutter, List.of(copies));

    assertThat(outcomes(copies)).containsExactly("Duplicate", "Conflict");
  }

  @Test
  void countsADeadLetterThatIsArchivedTwiceAsRedelivered() {
    Batch batch = Batches.candidates(claims, "sqs:events-dlq", "a", "a");
    batch
        .records()
        .forEach(
            record ->
                batch
                    .account()
                    .put(
                        record,
                        new Outcome.Candidate(
                            "dead_letters", Batches.event(record, "a"), java.util.Map.of())));

    Batches.cut(cutter, List.of(batch));

    assertThat(outcomes(batch)).containsExactly("Candidate", "Redelivered");
  }

  @Test
  void notesNothingIfAClaimCanNotBeAskedFor() {
    Batch batch = Batches.candidates(claims, "sqs:events", "a", "a", "b");
    AtomicInteger asked = new AtomicInteger();
    Claims failing =
        new ForwardingClaims(claims) {
          @Override
          public Answer claim(Batch of, SourceRecord record, EventKey key, long payloadHash) {
            // three questions to see on whom the batch depends, then the decisions
            if (asked.incrementAndGet() == 6) {
              throw new TransientException("the ledger can't be read", null);
            }
            return super.claim(of, record, key, payloadHash);
          }
        };

    assertThatThrownBy(() -> Batches.cut(new Cutter(failing, 1_000), List.of(batch)))
        .isInstanceOf(TransientException.class);

    assertThat(outcomes(batch)).containsExactly("Candidate", "Candidate", "Candidate");
  }

  @Test
  void boundsACommitButTakesOneBatchAtLeast() {
    Cutter small = new Cutter(claims, 3);
    Batch large = Batches.candidates(claims, "sqs:events", "a", "b", "c", "d");
    Batch next = Batches.candidates(claims, "sqs:events", "e");

    assertThat(Batches.cut(small, List.of(large, next))).containsExactly(large);
    assertThat(Batches.cut(small, List.of(next))).containsExactly(next);
  }

  @Test
  void exceedsTheBoundWhereTheOldestDependsOnABatchBeyondIt() {
    Cutter small = new Cutter(claims, 2);
    Batch second = Batches.candidates(claims, "sqs:events", "x", "y");
    Batch first = Batches.candidates(claims, "kinesis:shard-1", "x", "z");

    assertThat(Batches.cut(small, List.of(first, second))).containsExactly(first, second);
  }

  private static List<String> outcomes(Batch batch) {
    return batch.records().stream()
        .map(record -> batch.account().outcome(record).getClass().getSimpleName())
        .toList();
  }
}
