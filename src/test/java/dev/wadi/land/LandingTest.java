package dev.wadi.land;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wadi.deduplicate.LineLog;
import dev.wadi.event.Batch;
import dev.wadi.event.Claims;
import dev.wadi.event.EventKey;
import dev.wadi.event.Lines;
import dev.wadi.event.Outcome;
import dev.wadi.event.SetupException;
import dev.wadi.event.SharedClaims;
import dev.wadi.event.SourceRecord;
import dev.wadi.event.TransientException;
import dev.wadi.intake.Outage;
import dev.wadi.land.format.FileFormat;
import dev.wadi.land.format.FileStats;
import dev.wadi.land.format.Rows;
import dev.wadi.ops.Backoff;
import dev.wadi.ops.HealthCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class LandingTest {

  private static final String WRITER = "test/1/now";

  @TempDir Path folder;
  private final MemoryStore store = new MemoryStore();
  private final Clock clock = Clock.fixed(Batches.NOW, ZoneOffset.UTC);
  private final List<String> actions = new ArrayList<>();
  private final CommitLog log = new CommitLog(store);
  private Landing.Landed listener = listening(() -> actions.add("listener"));
  private LineLog lines;
  private Claims claims;
  private Landing landing;

  @BeforeEach
  void open() {
    claims = Batches.claims(folder.resolve("ledger"));
    lines = LineLog.open(folder.resolve("lines.json"));
    landing = landing(claims);
  }

  @Test
  void closesTheAccountOnlyWhenTheMarkerStandsAndTheKeysAreConfirmed() throws Exception {
    Batch batch = Batches.candidates(claims, "sqs:events", "a", "b", "a");
    CompletableFuture<Void> landed = landing.stage(batch);
    landed.thenRun(() -> actions.add("exchange goes on"));
    Commit commit = landing.next().orElseThrow();
    assertThat(store.objects)
        .containsOnlyKeys("_wadi/intents/" + commit.id() + ".json", "_wadi/schema/00000001.json");
    assertThat(batch.account().isClosed()).isFalse();

    publish(commit);
    landing.commit(commit);

    assertThat(landed).isCompleted();
    assertThat(batch.account().isClosed()).isTrue();
    assertThat(actions).containsExactly("confirm deliveries", "listener", "exchange goes on");
    assertThat(marker(commit).state()).isEqualTo(Manifest.State.COMMITTED);
    assertThat(log.open()).isEmpty();
    assertThat(
            claims.claim(
                Batches.unclaimed("x", "a"),
                batch.records().get(0),
                EventKey.of("json", "a"),
                "a".hashCode()))
        .isEqualTo(new Claims.LandedSame());
  }

  @Test
  void writesIntoTheManifestWhatBecameOfEveryRecord() throws Exception {
    Batch batch = Batches.candidates(claims, "sqs:events", "a", "a", "a=other", "b", "c");
    batch.account().put(batch.records().get(3), new Outcome.Filtered("not-prod"));
    batch
        .account()
        .put(
            batch.records().get(4),
            new Outcome.DeadLettered(
                new dev.wadi.event.Rejected(
                    batch.records().get(4), "json", "decode", "not_json", null, "no"),
                "dead-1"));
    landing.stage(batch);
    Commit commit = commitNext();

    Manifest manifest = marker(commit);
    Manifest.SourceCount count = manifest.sources().get("sqs:events");
    assertThat(count.received()).isEqualTo(5);
    assertThat(count.landed()).isEqualTo(1);
    assertThat(count.duplicates()).isEqualTo(1);
    assertThat(count.conflicts()).isEqualTo(1);
    assertThat(count.rejected()).isEqualTo(1);
    assertThat(count.filtered()).isEqualTo(1);
    assertThat(count.filteredReasons()).containsEntry("not-prod", 1L);
    assertThat(count.deliveries()).containsExactlyElementsOf(batch.deliveries());
    assertThat(manifest.deadLetters()).containsExactly("dead-1");
    assertThat(manifest.files())
        .extracting(Manifest.LandedFile::table)
        .containsExactlyInAnyOrder("events", "duplicates", "conflicts");
  }

  @Test
  void landsCommitsOfBatchesThatHaveNothingToLand() throws Exception {
    Batch batch = Batches.unclaimed("sqs:events", "a");
    batch.account().put(batch.records().get(0), new Outcome.Filtered("all"));
    CompletableFuture<Void> landed = landing.stage(batch);
    Commit commit = commitNext();
    assertThat(landed).isCompleted();
    assertThat(marker(commit).files()).isEmpty();
  }

  @Test
  void refusesToCommitWhileAnObjectIsNotPublished() throws Exception {
    CompletableFuture<Void> landed = landing.stage(Batches.candidates(claims, "sqs:events", "a"));
    Commit commit = landing.next().orElseThrow();
    assertThatThrownBy(() -> landing.commit(commit)).hasMessageContaining("were not published");
    landing.end(commit, null);
    assertThat(landed).isCompletedExceptionally();
  }

  @Test
  void undoesACommitWhoseRouteFailedAndGivesItsBatchesBack() throws Exception {
    Batch batch = Batches.candidates(claims, "sqs:events", "a");
    CompletableFuture<Void> landed = landing.stage(batch);
    Commit commit = landing.next().orElseThrow();
    publish(commit);

    landing.end(commit, new TransientException("503", null));

    assertThat(landed).isCompletedExceptionally();
    assertThat(batch.account().isClosed()).isFalse();
    assertThat(marker(commit).state()).isEqualTo(Manifest.State.ABORTED);
    assertThat(store.objects.keySet()).noneMatch(key -> key.startsWith("events/"));
    assertThat(log.open()).isEmpty();
    assertThat(staged()).as("staged files").isEmpty();
    Batch again = Batches.candidates(claims, "sqs:events", "a");
    landing.stage(again);
    assertThat(commitNext().id()).as("an id is never used again").isNotEqualTo(commit.id());
    assertThat(again.account().isClosed()).isTrue();
  }

  @Test
  void undoesACommitWhoseRouteEndsWithoutTheCommitStep() throws Exception {
    CompletableFuture<Void> landed = landing.stage(Batches.candidates(claims, "sqs:events", "a"));
    Commit commit = landing.next().orElseThrow();
    publish(commit);
    landing.end(commit, null);
    assertThat(landed).isCompletedExceptionally();
    assertThat(marker(commit).state()).isEqualTo(Manifest.State.ABORTED);
  }

  @Test
  void holdsTheBatchesUntilItIsKnownWhichMarkerStands() throws Exception {
    Batch batch = Batches.candidates(claims, "sqs:events", "a");
    CompletableFuture<Void> landed = landing.stage(batch);
    Commit commit = landing.next().orElseThrow();
    publish(commit);
    AtomicInteger refusals = new AtomicInteger(3);
    store.refuses = call -> call.startsWith("put _wadi/commits/") && refusals.getAndDecrement() > 0;
    store.losesAnswerOf = call -> call.startsWith("put _wadi/commits/") && refusals.get() == -1;

    landing.commit(commit);

    assertThat(refusals.get()).isLessThan(0);
    assertThat(landed).isCompleted();
    assertThat(batch.account().isClosed()).isTrue();
  }

  @Test
  void keepsACommitWhoseMarkerStoodThoughItsRouteFailed() throws Exception {
    Batch batch = Batches.candidates(claims, "sqs:events", "a");
    CompletableFuture<Void> landed = landing.stage(batch);
    Commit commit = landing.next().orElseThrow();
    publish(commit);
    log.settle(ManifestBuilder.of(commit, WRITER, Batches.NOW));

    landing.end(commit, new IllegalStateException("a later step threw"));

    assertThat(landed).isCompleted();
    assertThat(batch.account().isClosed()).isTrue();
    assertThat(store.objects.keySet()).anyMatch(key -> key.startsWith("events/"));
  }

  @Test
  void isFencedByWhoeverGaveItsCommitUp() throws Exception {
    Batch batch = Batches.candidates(claims, "sqs:events", "a");
    CompletableFuture<Void> landed = landing.stage(batch);
    Commit commit = landing.next().orElseThrow();
    publish(commit);
    Batches.settleAll(store, "another/2/now", Set.of(), clock);

    assertThatThrownBy(() -> landing.commit(commit)).hasMessageContaining("another/2/now");
    landing.end(commit, new IllegalStateException("fenced"));

    assertThat(landed).isCompletedExceptionally();
    assertThat(store.objects.keySet()).noneMatch(key -> key.startsWith("events/"));
  }

  @Test
  void leavesNoObjectThatItPutAfterAnotherGaveItsCommitUp() throws Exception {
    CompletableFuture<Void> landed = landing.stage(Batches.candidates(claims, "sqs:events", "a"));
    Commit commit = landing.next().orElseThrow();
    Batches.settleAll(store, "another/2/now", Set.of(), clock);
    publish(commit);

    assertThatThrownBy(() -> landing.commit(commit)).hasMessageContaining("another/2/now");
    landing.end(commit, new IllegalStateException("fenced"));

    assertThat(landed).isCompletedExceptionally();
    assertThat(store.objects.keySet()).noneMatch(key -> key.startsWith("events/"));
  }

  @Test
  void givesBatchesBackWhenTheIntentCanNotBePut() throws Exception {
    CompletableFuture<Void> landed = landing.stage(Batches.candidates(claims, "sqs:events", "a"));
    store.refuses = call -> call.startsWith("put _wadi/intents/");
    assertThat(landing.next()).isEmpty();
    assertThat(landed).isCompletedExceptionally();
  }

  @Test
  void givesBatchesBackAsInAnOutageUntilTheSchemaOfTheLakeIsMended() throws Exception {
    store.objects.put("_wadi/schema/00000001.json", new byte[0]);
    CompletableFuture<Void> landed = landing.stage(Batches.candidates(claims, "sqs:events", "a"));
    assertThat(landing.next()).isEmpty();
    assertThatThrownBy(landed::get)
        .satisfies(failure -> assertThat(Outage.isCauseOf(failure)).isTrue())
        .hasMessageContaining("_wadi/schema/00000001.json in the lake is damaged");

    store.objects.remove("_wadi/schema/00000001.json");
    CompletableFuture<Void> again = landing.stage(Batches.candidates(claims, "sqs:events", "a"));
    commitNext();
    assertThat(again).isCompleted();
  }

  @Test
  void saysWhyNothingCanBeCutForAsLongAsSomethingWaits() throws Exception {
    AtomicReference<RuntimeException> failure =
        new AtomicReference<>(new SetupException("_wadi/commits/x.json in the lake is damaged"));
    landing = landing(claims, Batches.stager(folder.resolve("staging"), store), failing(failure));
    assertThat(landing.check().up()).isTrue();
    landing.stage(Batches.candidates(claims, "sqs:events", "a"));

    assertThatThrownBy(landing::next).isInstanceOf(SetupException.class);
    assertThat(landing.check())
        .isEqualTo(
            HealthCheck.down(
                "no commit can be made of what waits: _wadi/commits/x.json in the lake is damaged"));

    failure.set(null);
    commitNext();
    landing.stage(Batches.candidates(claims, "sqs:events", "c"));
    assertThat(landing.check().up()).as("with another that waits").isTrue();
    commitNext();

    failure.set(new TransientException("the table is down", null));
    CompletableFuture<Void> last = landing.stage(Batches.candidates(claims, "sqs:events", "b"));
    assertThatThrownBy(landing::next).isInstanceOf(TransientException.class);
    assertThat(landing.check().up()).isFalse();
    landing.close();
    assertThat(last).isCompletedExceptionally();
    assertThat(landing.check().up()).as("nothing waits any more").isTrue();
  }

  @Test
  void saysWhyACommitCannotBeSettled() throws Exception {
    landing.stage(Batches.candidates(claims, "sqs:events", "a"));
    Commit commit = landing.next().orElseThrow();
    publish(commit);
    String newer = "_wadi/epochs/00000099.json";
    store.objects.put(newer, new byte[0]);
    CompletableFuture<Void> ending =
        CompletableFuture.runAsync(
            () -> {
              try {
                landing.commit(commit);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    await()
        .untilAsserted(
            () ->
                assertThat(landing.check().detail())
                    .startsWith("a commit can't be settled: " + newer + " in the lake is damaged"));
    assertThat(landing.check().up()).isFalse();

    store.objects.remove(newer);
    ending.get(20, TimeUnit.SECONDS);
    assertThat(landing.check().up()).isTrue();
  }

  @Test
  void givesBatchesBackWhenStagingEndsInAnError() throws Exception {
    landing = landing(claims, Batches.stager(folder.resolve("staging"), store, new Broken()));
    CompletableFuture<Void> landed = landing.stage(Batches.candidates(claims, "sqs:events", "a"));
    assertThat(landing.next()).isEmpty();
    assertThat(landed).isCompletedExceptionally();
    assertThat(
            claims.claim(
                Batches.unclaimed("x", "a"),
                Batches.unclaimed("x", "a").records().get(0),
                EventKey.of("json", "a"),
                0))
        .as("the claim was released")
        .isEqualTo(new Claims.Fresh());
  }

  @Test
  void givesBatchesBackThoughWhatIsStagedCanNotBeDeleted() throws Exception {
    try (Undeletable format = new Undeletable()) {
      landing = landing(claims, Batches.stager(folder.resolve("staging"), store, format));
      CompletableFuture<Void> landed = landing.stage(Batches.candidates(claims, "sqs:events", "a"));
      assertThat(landing.next()).isEmpty();
      assertThat(landed).isCompletedExceptionally();
    }
  }

  @Test
  void endsABatchThatIsCommittedThoughTheListenerFails() throws Exception {
    listener =
        listening(
            () -> {
              throw new IllegalStateException("no such metric");
            });
    landing = landing(claims);
    Batch batch = Batches.candidates(claims, "sqs:events", "a");
    CompletableFuture<Void> landed = landing.stage(batch);
    Commit commit = landing.next().orElseThrow();
    publish(commit);
    assertThatThrownBy(() -> landing.commit(commit)).hasMessage("no such metric");
    landing.end(commit, new IllegalStateException("no such metric"));
    assertThat(landed).isCompleted();
    assertThat(batch.account().isClosed()).isTrue();
  }

  @Test
  void triesAgainWhenConfirmingEndsInAnError() throws Exception {
    AtomicInteger failures = new AtomicInteger(1);
    Claims failing =
        new ForwardingClaims(claims) {
          @Override
          public void confirm(String commit, List<LandedKey> landed) {
            if (failures.getAndDecrement() > 0) {
              throw new InternalError("as the keys are confirmed");
            }
            super.confirm(commit, landed);
          }
        };
    landing = landing(failing);
    CompletableFuture<Void> landed = landing.stage(Batches.candidates(failing, "sqs:events", "a"));
    commitNext();
    assertThat(landed).isCompleted();
  }

  @Test
  void goesOnConfirmingWhereTheRouteWasBrokenOff() throws Exception {
    AtomicInteger failures = new AtomicInteger(1);
    Claims failing =
        new ForwardingClaims(claims) {
          @Override
          public void releaseAll(Batch batch) {
            if (failures.getAndDecrement() > 0) {
              throw new InternalError("as the accounts are closed");
            }
            super.releaseAll(batch);
          }
        };
    landing = landing(failing);
    Batch batch = Batches.candidates(failing, "sqs:events", "a");
    CompletableFuture<Void> landed = landing.stage(batch);
    Commit commit = landing.next().orElseThrow();
    publish(commit);
    assertThatThrownBy(() -> landing.commit(commit)).isInstanceOf(InternalError.class);
    assertThat(landed).isNotDone();
    landing.end(commit, null);
    assertThat(landed).isCompleted();
    assertThat(actions).contains("listener");
  }

  @Test
  void triesAgainWhenConfirmingFailsSinceTheCommitStands() throws Exception {
    AtomicInteger failures = new AtomicInteger(2);
    Claims failing =
        new ForwardingClaims(claims) {
          @Override
          public void confirm(String commit, List<LandedKey> landed) {
            if (failures.getAndDecrement() > 0) {
              throw new TransientException("no space left for the ledger", null);
            }
            super.confirm(commit, landed);
          }
        };
    landing = landing(failing);
    Batch batch = Batches.candidates(failing, "sqs:events", "a");
    CompletableFuture<Void> landed = landing.stage(batch);
    commitNext();
    assertThat(landed).isCompleted();
    assertThat(failures.get()).isLessThan(0);
  }

  @Test
  void answersNothingToLandWhileEveryBatchDependsOnOneThatHasNotCome() throws Exception {
    Batch working = Batches.candidates(claims, "kinesis:shard-1", "a");
    landing.stage(Batches.candidates(claims, "sqs:events", "a"));
    assertThat(landing.next()).isEmpty();
    landing.stage(working);
    assertThat(landing.next()).isPresent();
  }

  private Commit commitNext() throws InterruptedException {
    Commit commit = landing.next().orElseThrow();
    publish(commit);
    landing.commit(commit);
    return commit;
  }

  private void publish(Commit commit) {
    for (StagedObject object : commit.objects()) {
      try {
        store.putIfAbsent(object.key(), Files.readAllBytes(object.file()));
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      landing.published(commit, object);
    }
  }

  @Test
  void landsNothingMoreWhenAnotherProcessHasBegunToWrite() throws Exception {
    List<String> fenced = new ArrayList<>();
    listener =
        new Landing.Landed() {
          @Override
          public void landed(Manifest manifest, Duration took) {
            throw new AssertionError("it landed");
          }

          @Override
          public void fenced(FencedException why) {
            fenced.add(why.getMessage());
          }
        };
    landing = landing(claims);
    CompletableFuture<Void> landed = landing.stage(Batches.candidates(claims, "sqs:events", "a"));
    Commit commit = landing.next().orElseThrow();
    publish(commit);
    new Epochs(store, "another/2/now", clock).enterAlone();

    assertThatThrownBy(() -> landing.commit(commit)).isInstanceOf(FencedException.class);
    landing.end(commit, new IllegalStateException("fenced"));

    assertThat(fenced).singleElement().asString().contains("another/2/now");
    assertThat(landed).isCompletedExceptionally();
    assertThat(marker(commit).isAborted()).isTrue();
    assertThat(store.objects.keySet()).noneMatch(key -> key.startsWith("events/"));
  }

  @Test
  void landsTheBatchesOfALineInOrderAndNotesHowFarItCame() throws Exception {
    Batch first = ofLine(null, "10", null, "a");
    Batch second = ofLine("10", "20", first, "b");
    CompletableFuture<Void> later = landing.stage(second);
    assertThat(landing.next()).as("the first has not come").isEmpty();

    CompletableFuture<Void> sooner = landing.stage(first);
    Commit commit = commitNext();

    assertThat(sooner).isCompleted();
    assertThat(later).isCompleted();
    assertThat(marker(commit).sources().get("kinesis:events").parts())
        .containsExactly(new Lines.Part("s-1", null, "20"));
    assertThat(lines.begin("kinesis:events", "s-1")).contains("20");
    assertThat(second.before()).as("nothing holds what has landed").isEmpty();
  }

  @Test
  void givesBackABatchThatAnotherProcessHasReadBehind() throws Exception {
    lines.confirm("01", "kinesis:events", List.of(new Lines.Part("s-1", null, "10")));
    CompletableFuture<Void> stale = landing.stage(ofLine(null, "10", null, "a"));
    CompletableFuture<Void> other = landing.stage(Batches.candidates(claims, "sqs:events", "b"));

    assertThat(landing.next()).isEmpty();
    assertThat(stale).isCompletedExceptionally();
    commitNext();

    assertThat(other).isCompleted();
    assertThat(lines.begin("kinesis:events", "s-1")).contains("10");
  }

  @Test
  void failsTheBatchesThatTheirSourceHasGivenUpAndThoseBehindThem() throws Exception {
    Batch first = ofLine(null, "10", null, "a");
    Batch second = ofLine("10", "20", first, "b");
    CompletableFuture<Void> landed = landing.stage(second);
    first.giveUp();

    assertThat(landing.next()).isEmpty();

    assertThat(landed).isCompletedExceptionally();
    assertThat(lines.begin("kinesis:events", "s-1")).isEmpty();
  }

  @Test
  void landsNothingOfABatchThatWasGivenBackWhileItWasCut() throws Exception {
    Batch batch = Batches.candidates(claims, "sqs:events", "a");
    CompletableFuture<Void> landed = landing.stage(batch);
    claims =
        new ForwardingClaims(claims) {
          @Override
          public Answer claim(Batch of, SourceRecord record, EventKey key, long payloadHash) {
            landing.close();
            return super.claim(of, record, key, payloadHash);
          }
        };
    Landing closing = landing(claims);
    landing = closing;
    CompletableFuture<Void> again = closing.stage(batch);

    assertThat(closing.next()).isEmpty();

    assertThat(again).isCompletedExceptionally();
    assertThat(batch.account().isClosed()).isFalse();
    assertThat(landed).isNotDone();
    assertThat(store.objects.keySet()).noneMatch(key -> key.startsWith("events/"));
  }

  private Batch ofLine(String after, String to, Batch before, String id) {
    SourceRecord record =
        new SourceRecord("kinesis:events", "s-1@" + to, new byte[] {1}, Batches.NOW, 1);
    Batch batch =
        new Batch(
            "kinesis:events",
            Long.parseLong(to),
            List.of(record),
            new Lines.Part("s-1", after, to),
            before);
    Batches.claim(claims, batch, 0, id);
    return batch;
  }

  private Manifest marker(Commit commit) {
    return log.marker(commit.id()).orElseThrow();
  }

  private List<Path> staged() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("staging"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private Landing landing(Claims claimsToUse) {
    return landing(claimsToUse, Batches.stager(folder.resolve("staging"), store));
  }

  private Landing landing(Claims claimsToUse, Stager stager) {
    return landing(claimsToUse, stager, SharedClaims.NONE);
  }

  private Landing landing(Claims claimsToUse, Stager stager, SharedClaims shared) {
    return new Landing(
        new Landing.Cut(1_000, 1L << 30, Duration.ZERO, Duration.ZERO),
        new Landing.Parts(
            stager,
            log,
            new Settlement(store, log, WRITER, clock),
            claimsToUse,
            shared,
            lines,
            (commit, deliveries) -> actions.add("confirm deliveries"),
            new CommitIds(clock, new Random(1), null),
            Batches.tenure(store, WRITER, clock),
            clock,
            new Backoff(Duration.ofMillis(1), Duration.ofMillis(2)),
            listener));
  }

  /** Claims of many writers that can't be made as long as there is a failure. */
  private static SharedClaims failing(AtomicReference<RuntimeException> failure) {
    return new SharedClaims() {
      @Override
      public List<Answer> claim(String commit, List<Wanted> wanted) {
        if (failure.get() != null) {
          throw failure.get();
        }
        return SharedClaims.NONE.claim(commit, wanted);
      }

      @Override
      public void release(String commit, Collection<EventKey> keys) {
        SharedClaims.NONE.release(commit, keys);
      }
    };
  }

  static Landing.Landed listening(Runnable landed) {
    return new Landing.Landed() {
      @Override
      public void landed(Manifest manifest, Duration took) {
        landed.run();
      }

      @Override
      public void fenced(FencedException why) {
        throw new AssertionError(why);
      }
    };
  }

  private static class Broken implements FileFormat {
    @Override
    public String extension() {
      return "none";
    }

    @Override
    public FileStats write(Rows rows, Path file) {
      throw new InternalError("as a file is written");
    }

    @Override
    public void close() {
      // nothing is open
    }
  }

  /** Fills the folder anew while it is emptied, so that it can't be deleted. */
  private static final class Undeletable extends Broken {
    private final AtomicBoolean ended = new AtomicBoolean();
    private Thread filling;

    @Override
    public FileStats write(Rows rows, Path file) {
      filling = new Thread(() -> fill(file.getParent()));
      filling.start();
      throw new TransientException("no space left", null);
    }

    private void fill(Path parent) {
      try {
        for (int n = 0; !ended.get(); n++) {
          Files.createFile(parent.resolve("n" + n));
        }
      } catch (IOException emptied) {
        // the folder is gone after all: it was emptied between two files
      }
    }

    @Override
    public void close() {
      ended.set(true);
      try {
        filling.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
