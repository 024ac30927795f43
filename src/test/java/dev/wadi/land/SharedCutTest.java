package dev.wadi.land;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.event.Batch;
import dev.wadi.event.Claims;
import dev.wadi.event.EventKey;
import dev.wadi.event.SharedClaims;
import dev.wadi.event.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A delivery of two events, of which another process has landed the first from the same place. */
@Tag("unit")
class SharedCutTest {

  private static final String SOURCE = "s3:drops";

  @TempDir Path folder;
  private Claims claims;

  @BeforeEach
  void open() {
    claims = Batches.claims(folder);
  }

  @Test
  void takesAMessageForRedeliveredOfWhichOneEventHasLandedFromHere() {
    Batch batch = batch("message");

    assertThat(cut(batch)).containsExactly("Redelivered", "Redelivered");
  }

  @Test
  void landsWhatAnotherCutOfAnObjectHadNotInTheSamePart() {
    Batch batch = batch("raw/events.json@v1");
    batch.cutOut();

    assertThat(cut(batch)).containsExactly("Redelivered", "Candidate");
  }

  /** Cuts as often as a landing would, until something is decided for good. */
  private List<String> cut(Batch batch) {
    SharedCut shared =
        new SharedCut(new FirstIsTaken(), new Batches.NoLines(), new Cutter(claims, 1_000));
    for (int commit = 0; commit < 3; commit++) {
      CutBatches cut = shared.claim("01ARZ3NDEKTSV4RRFFQ69G5FA" + commit, List.of(batch));
      if (!cut.batches().isEmpty()) {
        cut.note();
        break;
      }
    }
    return batch.records().stream()
        .map(record -> batch.account().outcome(record))
        .map(outcome -> outcome.getClass().getSimpleName())
        .toList();
  }

  private Batch batch(String delivery) {
    List<SourceRecord> records = new ArrayList<>();
    for (String id : List.of("first", "second")) {
      byte[] bytes = ("{\"id\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8);
      String position = delivery + "#" + records.size();
      records.add(new SourceRecord(SOURCE, position, delivery, bytes, Batches.NOW, 1, null));
    }
    Batch batch = new Batch(SOURCE, 1, records, List.of(delivery));
    Batches.claim(claims, batch, 0, "first");
    Batches.claim(claims, batch, 1, "second");
    return batch;
  }

  /** Another process has landed the first event from the very place where it stands here. */
  private static final class FirstIsTaken implements SharedClaims {
    @Override
    public List<Answer> claim(String commit, List<Wanted> wanted) {
      return wanted.stream().map(FirstIsTaken::answer).toList();
    }

    private static Answer answer(Wanted one) {
      return one.key().equals(EventKey.of("json", "first"))
          ? new Taken(one.payloadHash(), one.position())
          : new Held();
    }

    @Override
    public void release(String commit, Collection<EventKey> keys) {
      // what it holds is asked for again
    }
  }
}
