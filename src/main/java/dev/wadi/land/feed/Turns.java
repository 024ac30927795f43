package dev.wadi.land.feed;

import dev.wadi.event.SetupException;
import dev.wadi.event.TransientException;
import dev.wadi.land.Landing;
import dev.wadi.land.feed.FeedNotes.Numbered;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose turn it is to hand a feed on, and how far it has come. Both stand in one note, so whoever
 * has lost the feed can't note anything any more. Used by one thread, beside which another may
 * {@link #prolong}.
 */
final class Turns {

  private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

  /** Clocks that differ may take as much again. */
  private static final Duration LATE = Landing.LATEST_INTENT.multipliedBy(2);

  /** Before the first note. */
  private static final Numbered NONE = new Numbered(0, null);

  private final FeedLake lake;
  private final FeedSettings settings;
  private final FeedNotes notes;
  private Progress progress;

  /** The last note of this process; null while it doesn't have the feed. */
  private Numbered noted;

  /** One of which it isn't known whether it was put; null if there is none. */
  private Numbered tried;

  private boolean lost;
  private Instant renewal = Instant.MIN;

  Turns(FeedLake lake, FeedSettings settings) {
    this.lake = lake;
    this.settings = settings;
    this.notes = new FeedNotes(lake.store(), settings.name());
  }

  /** How far the feed has come, while this process has it. */
  Progress progress() {
    return progress;
  }

  /**
   * Takes the feed, or makes sure that this process still has it.
   *
   * @return the process that has it instead; empty if this one has
   */
  synchronized Optional<String> take() {
    if (progress != null) {
      renew();
      return Optional.empty();
    }
    Optional<Numbered> newest = notes.newest();
    Progress found = newest.map(this::progressOf).orElseGet(this::begin);
    Optional<String> other = newest.map(Numbered::note).flatMap(this::owner);
    if (other.isPresent()) {
      return other;
    }
    noted = newest.orElse(NONE);
    tried = null;
    lost = false;
    progress = found;
    try {
      save();
    } catch (LostException e) {
      return Optional.of("another process");
    }
    LOG.info(
        "feed={} goes on after commit={} with rows={}",
        settings.name(),
        progress.through(),
        progress.rows());
    return Optional.empty();
  }

  /**
   * Notes how far the feed has come.
   *
   * @throws LostException if another process has it now
   * @throws TransientException if it isn't known whether this was noted
   */
  synchronized void save() {
    write(lake.writer(), lake.clock().instant().plus(settings.lease()));
  }

  /**
   * Notes how far the feed has come if its lease would run out soon.
   *
   * @throws LostException if another process has it now
   * @throws TransientException if it isn't known whether this was noted
   */
  synchronized void renew() {
    if (lost || isDue()) {
      save();
    }
  }

  /**
   * Keeps the feed if its lease would run out soon, and notes no more than before. So it may be
   * called while rows are read and handed on, however long that takes; what is lost is told to
   * whoever renews or saves next.
   *
   * @throws TransientException if it isn't known whether this was noted
   */
  synchronized void prolong() {
    if (noted == null || lost || !isDue()) {
      return;
    }
    Instant now = lake.clock().instant();
    try {
      put(noted.note().kept(now.plus(settings.lease()), now));
    } catch (LostException e) {
      LOG.debug("feed={} was lost", settings.name());
    }
  }

  /** Gives the feed to whoever comes next. */
  synchronized void giveUp() {
    if (progress == null) {
      return;
    }
    try {
      if (lake.shared()) {
        write(null, lake.clock().instant());
      }
    } catch (TransientException | LostException e) {
      // the lease will run out, or another process has it already
      LOG.info("feed={} could not be given up: {}", settings.name(), e.getMessage());
    }
    forget();
  }

  private void write(String owner, Instant until) {
    Note note =
        new Note(
            settings.table(),
            progress.through(),
            progress.beyond(),
            owner,
            until.toString(),
            progress.rows(),
            lake.clock().instant().toString());
    boolean written = false;
    try {
      put(note);
      written = true;
    } finally {
      if (!written) {
        // also if it isn't known: then the newest note is read before anything else
        forget();
      }
    }
  }

  private void put(Note note) {
    // of an earlier one it may not be known whether it was put; putting it again is once
    finish();
    tried = new Numbered(noted.number() + 1, note);
    finish();
    renewal = Instant.parse(note.at()).plus(settings.lease().dividedBy(3));
  }

  private void finish() {
    if (!lost && tried != null) {
      lost = !notes.put(tried);
      noted = lost ? noted : tried;
      tried = null;
    }
    if (lost) {
      throw new LostException(settings.name());
    }
  }

  private void forget() {
    progress = null;
    noted = null;
  }

  private boolean isDue() {
    return lake.shared() && !lake.clock().instant().isBefore(renewal);
  }

  private Optional<String> owner(Note note) {
    boolean free =
        !lake.shared()
            || note.owner() == null
            || note.owner().equals(lake.writer())
            || !Instant.parse(note.leaseUntil()).isAfter(lake.clock().instant());
    return free ? Optional.empty() : Optional.of(note.owner());
  }

  private Progress progressOf(Numbered newest) {
    Note note = newest.note();
    if (!note.table().equals(settings.table())) {
      throw new SetupException(
          "the feed %s hands on the table %s of this lake, not %s: give this one another name"
              .formatted(settings.name(), note.table(), settings.table()));
    }
    return new Progress(note.through(), note.beyond(), note.rows());
  }

  private Progress begin() {
    if (settings.start() == FeedSettings.Start.BEGINNING) {
      return new Progress(null, List.of(), 0);
    }
    // the intents first: one that is gone by then has its marker among those that are listed next
    List<String> open = lake.shared() ? lake.log().open() : List.of();
    List<String> settled = lake.log().settledAfter(null);
    if (lake.shared()) {
      Progress now = new Progress(null, settled, 0);
      now.settle(open.isEmpty() ? null : open.get(0), noneBefore());
      return now;
    }
    return new Progress(last(settled), List.of(), 0);
  }

  /** The last one that has landed something: the id of any other may be ahead of the next. */
  private String last(List<String> settled) {
    for (int n = settled.size() - 1; n >= 0; n--) {
      String commit = settled.get(n);
      if (lake.log().marker(commit).filter(m -> !m.isAborted() && !m.isCompaction()).isPresent()) {
        return commit;
      }
    }
    return null;
  }

  /** No commit with an id of an earlier time can appear any more, unless it has an intent. */
  Instant noneBefore() {
    return lake.shared() ? lake.clock().instant().minus(LATE) : Instant.MAX;
  }

  /** Another process has the feed now. */
  static final class LostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LostException(String feed) {
      super("another process hands on the feed " + feed + " now");
    }
  }
}
