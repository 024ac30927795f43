package dev.wadi.land.feed;

import dev.wadi.event.SetupException;
import dev.wadi.event.TransientException;
import dev.wadi.land.Manifest;
import dev.wadi.land.Manifest.LandedFile;
import dev.wadi.ops.Failpoint;
import dev.wadi.ops.FeedStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the lake's commits and hands their rows on, one commit after the other. What fails is
 * tried again, for as long as it takes. One thread runs it, any may stop it.
 */
final class Feed {

  private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

  /** Notes of commits without rows of the table can wait; so many are looked at again at most. */
  private static final int UNSAVED = 500;

  /** How often within a lease it is asked whether it is to be renewed. */
  private static final int LOOKS_PER_LEASE = 10;

  private final FeedLake lake;
  private final FeedSettings settings;
  private final CommitReader reader;
  private final Turns turns;
  private final Waiting waiting;
  private final FeedStatus status;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private Progress listed;
  private int unsaved;
  private boolean opened;

  /** Whether the last thing that was begun didn't end, so that it is begun anew. */
  private boolean begunAnew;

  Feed(FeedLake lake, FeedSettings settings, CommitReader reader, FeedStatus status) {
    this.lake = lake;
    this.settings = settings;
    this.reader = reader;
    this.turns = new Turns(lake, settings);
    this.waiting = new Waiting(lake);
    this.status = status;
  }

  /** Hands on until it is stopped. */
  void run(Receiver receiver) throws InterruptedException {
    ScheduledExecutorService keeper = keeper();
    try {
      goOn(receiver);
    } finally {
      keeper.shutdown();
      try {
        turns.giveUp();
      } finally {
        reader.close();
      }
    }
  }

  private void goOn(Receiver receiver) throws InterruptedException {
    int failures = 0;
    while (isRunning()) {
      try {
        boolean busy = turn(receiver);
        failures = 0;
        if (!busy) {
          rest(settings.poll());
        }
      } catch (Turns.LostException e) {
        LOG.info("{}", e.getMessage());
      } catch (RuntimeException | Error e) {
        // nothing is noted of it, so it is begun anew
        begunAnew = true;
        failed(e);
        rest(settings.retry().delay(++failures));
      }
    }
  }

  /** Keeps the feed this process's own, however long a route is at work. */
  private ScheduledExecutorService keeper() {
    ScheduledExecutorService keeper =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "wadi-landed-" + settings.name() + "-lease");
              thread.setDaemon(true);
              return thread;
            });
    if (lake.shared()) {
      long millis = Math.max(1, settings.lease().toMillis() / LOOKS_PER_LEASE);
      keeper.scheduleWithFixedDelay(this::keep, millis, millis, TimeUnit.MILLISECONDS);
    }
    return keeper;
  }

  private void keep() {
    try {
      turns.prolong();
    } catch (RuntimeException e) {
      // the next time is soon enough
      LOG.warn("feed={} could not be kept: {}", settings.name(), e.getMessage());
    }
  }

  /** Ends it behind the exchange that is under way; waits for nothing. */
  void stop() {
    stopping.countDown();
  }

  private boolean isRunning() {
    return stopping.getCount() > 0;
  }

  /** Hands on the next commit; false if there is none, or another process has the feed. */
  private boolean turn(Receiver receiver) throws InterruptedException {
    if (!opened) {
      reader.open();
      opened = true;
    }
    Optional<String> owner = turns.take();
    if (owner.isPresent()) {
      status.standsBy(owner.get());
      return false;
    }
    status.takenOver();
    if (waiting.first() == null || listed != turns.progress()) {
      // what was listed for another progress may lack what this one has still to hand on
      look();
    }
    String commit = waiting.first();
    if (commit == null) {
      if (unsaved > 0) {
        save();
      }
      reader.rest();
      status.rested();
      return false;
    }
    Manifest manifest = marker(commit);
    if (manifest.isAborted() || manifest.isCompaction()) {
      turns.progress().passOver(commit);
      waiting.remove(commit);
    } else {
      handOnWholly(manifest, receiver);
    }
    status.waiting(waiting.count(), waiting.since());
    return true;
  }

  private void handOnWholly(Manifest manifest, Receiver receiver) throws InterruptedException {
    try {
      long rows = handOn(manifest, receiver);
      done(manifest.commit(), rows);
    } catch (Turns.LostException e) {
      throw new TransientException(
          "%s, while this one was at the commit %s: rows of it are handed on twice; if that comes again, raise wadi.feed.lease (%d s)"
              .formatted(e.getMessage(), manifest.commit(), settings.lease().toSeconds()),
          e);
    }
  }

  private void done(String commit, long rows) {
    turns.progress().done(commit, rows);
    waiting.remove(commit);
    waiting.settle(turns.progress());
    begunAnew = false;
    unsaved++;
    if (rows > 0 || unsaved >= UNSAVED) {
      Failpoint.reach("handed-on");
      save();
      Failpoint.reach("handed-on-noted");
    }
    status.succeeded();
  }

  private void look() {
    waiting.look(turns.progress(), turns.noneBefore());
    listed = turns.progress();
    status.waiting(waiting.count(), waiting.since());
  }

  private void save() {
    turns.save();
    unsaved = 0;
  }

  private Manifest marker(String commit) {
    return lake.log()
        .marker(commit)
        .orElseThrow(() -> new IllegalStateException("the marker of " + commit + " vanished"));
  }

  /** Answers how many rows the commit has in the table. */
  private long handOn(Manifest manifest, Receiver receiver) throws InterruptedException {
    if (begunAnew) {
      // rows of a commit that can't be read wholly would be handed on again and again
      read(manifest, batch -> {});
    }
    return read(manifest, batch -> deliver(batch, receiver));
  }

  private long read(Manifest manifest, Batches.Taker taker) throws InterruptedException {
    long rows = reader.filesOf(manifest).stream().mapToLong(LandedFile::rows).sum();
    Batches batches = new Batches(manifest.commit(), settings, taker);
    reader.read(manifest, turns.progress().through(), batches);
    if (batches.rows() != rows) {
      throw new IllegalStateException(
          "commit %s has %d rows of %s and %d were read: see `wadi verify`"
              .formatted(manifest.commit(), rows, settings.table(), batches.rows()));
    }
    batches.end();
    return rows;
  }

  /**
   * Hands rows on until they are taken.
   *
   * @throws InterruptedException if this is stopped before
   */
  private void deliver(Landed batch, Receiver receiver) throws InterruptedException {
    Landed next = batch;
    while (isRunning()) {
      turns.renew();
      try {
        receiver.take(next);
        status.handedOn(batch.rows().size());
        if (!begunAnew) {
          status.succeeded();
        }
        Failpoint.reach("handed-on-some");
        return;
      } catch (Exception | Error e) {
        if (e instanceof InterruptedException interrupted && !isRunning()) {
          throw interrupted;
        }
        failed(e);
        lookAgain();
        rest(settings.retry().delay(next.attempt()));
        next = next.again();
      }
    }
    throw new InterruptedException("the feed stops");
  }

  /** So that the lag is told while nothing is taken. */
  private void lookAgain() {
    try {
      look();
    } catch (RuntimeException e) {
      LOG.debug("the lake can't be listed", e);
    }
  }

  private void failed(Throwable why) {
    // what a route's parts wrap around it says nothing more
    Throwable cause = why;
    while (cause.getCause() instanceof RuntimeException inner && !isOurs(cause)) {
      cause = inner;
    }
    String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    status.failed(reason);
    LOG.warn(
        "feed={} fails, and is tried again: {}", settings.name(), reason.replaceAll("\\s+", " "));
  }

  private static boolean isOurs(Throwable cause) {
    return cause instanceof TransientException || cause instanceof SetupException;
  }

  private void rest(Duration time) throws InterruptedException {
    stopping.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }
}
