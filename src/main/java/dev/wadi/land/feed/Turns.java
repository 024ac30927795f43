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
 * has lost the feed can't note anything any more. For one thread.
 */
final class Turns {

  private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

  /** Clocks that differ may take as much again. */
  private static final Duration LATE = Landing.LATEST_INTENT.multipliedBy(2);

  private final FeedLake lake;
  private final FeedSettings settings;
  private final FeedNotes notes;
  private Progress progress;
  private long number;
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
  Optional<String> take() {
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
    number = newest.map(Numbered::number).orElse(0L);
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
  void save() {
    write(lake.writer(), lake.clock().instant().plus(settings.lease()));
  }

  /** Keeps the feed if its lease would run out soon. */
  void renew() {
    if (lake.shared() && !lake.clock().instant().isBefore(renewal)) {
      save();
    }
  }

  /** Gives the feed to whoever comes next. */
  void giveUp() {
    if (progress == null) {
      return;
    }
    try {
      if (lake.shared()) {
        write(null, lake.clock().instant());
      }
    } catch (TransientException e) {
      // the lease will run out
      LOG.info("feed={} could not be given up: {}", settings.name(), e.getMessage());
    }
    progress = null;
  }

  private void write(String owner, Instant until) {
    Instant now = lake.clock().instant();
    Note note =
        new Note(
            settings.table(),
            progress.through(),
            progress.beyond(),
            owner,
            until.toString(),
            progress.rows(),
            now.toString());
    boolean written = false;
    try {
      written = notes.put(new Numbered(number + 1, note));
      if (!written) {
        throw new LostException(settings.name());
      }
    } finally {
      if (!written) {
        // also if it isn't known: then the newest note is read before anything else
        progress = null;
      }
    }
    number++;
    renewal = now.plus(settings.lease().dividedBy(3));
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
    List<String> settled = lake.log().settledAfter(null);
    if (lake.shared()) {
      Progress now = new Progress(null, settled, 0);
      now.settle(null, noneBefore());
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
