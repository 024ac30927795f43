package dev.wadi;

import dev.wadi.event.Batch;
import dev.wadi.event.Claims;
import dev.wadi.flatten.Columns;
import dev.wadi.land.Commit;
import dev.wadi.land.FencedException;
import dev.wadi.land.FolderLakeStore;
import dev.wadi.land.LakeStore;
import dev.wadi.land.Landing;
import dev.wadi.land.Manifest;
import dev.wadi.land.Stager;
import dev.wadi.ops.Backoff;
import dev.wadi.ops.Closing;
import dev.wadi.ops.Settings;
import dev.wadi.ops.StageTimes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Lands batches as the routes do, in a lake that is a folder, without Camel or servers. */
public final class DirectLanding implements AutoCloseable {

  private static final Duration ANY = Duration.ofMinutes(1);

  private final Closing closing = new Closing();
  private final LakeStore store;
  private final Claims claims;
  private final Landing landing;

  /**
   * @param data the data folder
   */
  public DirectLanding(Settings settings, Path data, Columns columns) {
    Clock clock = Clock.systemUTC();
    DataFolder folder = closing.opened(DataFolder.lock(data));
    store = new FolderLakeStore(folder.root().resolve("lake"));
    LakeState lake =
        closing.opened(new LakeState(settings, folder, store, columns, clock, StageTimes.OFF));
    Deduplication known = closing.opened(Deduplication.alone(settings, folder, lake, clock));
    claims = known.claims;
    landing =
        new Landing(
            new Landing.Cut(Integer.MAX_VALUE, Long.MAX_VALUE, ANY, ANY),
            new Landing.Parts(
                new Stager(lake.staging, lake.schema, lake.schemaLog, lake.layout, clock),
                lake.log,
                lake.settlement,
                known.claims,
                known.shared,
                known.lines,
                known.confirmed,
                known.ids,
                lake.tenure,
                clock,
                new Backoff(Duration.ofMillis(10), ANY),
                new Landing.Landed() {
                  @Override
                  public void landed(Manifest manifest, Duration took) {
                    // the lake is looked at instead
                  }

                  @Override
                  public void fenced(FencedException why) {
                    throw why;
                  }
                }));
    landing.flush();
  }

  public Claims claims() {
    return claims;
  }

  public LakeStore store() {
    return store;
  }

  /** Commits batches whose every record has an outcome; all of them have landed on return. */
  public void land(List<Batch> batches) throws InterruptedException {
    List<CompletableFuture<Void>> landed = new ArrayList<>();
    batches.forEach(batch -> landed.add(landing.stage(batch)));
    CompletableFuture<Void> all = CompletableFuture.allOf(landed.toArray(CompletableFuture[]::new));
    while (!all.isDone()) {
      Optional<Commit> next = landing.next();
      if (next.isPresent()) {
        Commit commit = next.get();
        store.publish(commit.objects());
        commit.objects().forEach(object -> landing.published(commit, object));
        landing.commit(commit);
        landing.end(commit, null);
      }
    }
    all.join();
  }

  @Override
  public void close() {
    landing.close();
    closing.close();
  }
}
