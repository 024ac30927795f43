package dev.wadi.land;

import dev.wadi.event.SetupException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may write to the lake. Each epoch is an object put once, and the newest counts: it names one
 * writer, which tells duplicates by a ledger of its own, or a table of claims that any number of
 * writers share.
 *
 * <p>A writer makes sure that its epoch is still the newest after its intent and before its marker.
 * Whoever begins an epoch settles the open intents after that. So a commit of an earlier epoch
 * either is seen to stand before the first of the new one, or never stands.
 */
public final class Epochs {

  private static final Logger LOG = LoggerFactory.getLogger(Epochs.class);
  private static final String FOLDER = "_wadi/epochs/";
  private static final String ALONE = "alone";

  /**
   * An epoch.
   *
   * @param epoch its number, from 1
   * @param claims {@code alone}, or the table that its writers share
   * @param ready false as long as the table lacks keys that landed before it
   * @param writer who began it
   * @param at when
   */
  public record Epoch(int epoch, String claims, boolean ready, String writer, String at) {

    public Epoch {
      Objects.requireNonNull(claims, "claims");
      if (epoch < 1) {
        throw new IllegalArgumentException("epoch " + epoch);
      }
    }

    boolean isShared() {
      return !claims.equals(ALONE);
    }
  }

  private final LakeStore store;
  private final String writer;
  private final Clock clock;
  private volatile int current;
  private volatile int sharing;

  /**
   * @param writer this process, as {@code host/pid/start}
   */
  public Epochs(LakeStore store, String writer, Clock clock) {
    this.store = store;
    this.writer = writer;
    this.clock = clock;
  }

  /**
   * Begins an epoch in which this process alone writes.
   *
   * @throws SetupException if the lake's writers share a table
   */
  public void enterAlone() {
    Epoch newest = newest();
    if (newest != null && newest.isShared()) {
      throw new SetupException(
          "the lake is written by processes that share the table %s: set %s to dynamodb to join them,"
                  .formatted(newest.claims(), "wadi.deduplicate.repository")
              + " or, when all have ended, `wadi ledger rebuild --alone` to write it by one process");
    }
    begin(newest, ALONE, true);
  }

  /** The number of the epoch that this process writes in. */
  public int current() {
    return current;
  }

  /**
   * The number of the epoch by which the sharing began that this process takes part in: the one in
   * which its table is filled. That is followed by the one in which they land.
   */
  public int sharing() {
    return sharing;
  }

  /**
   * Whether processes have shared the lake since an epoch. Then commits may have come in any order
   * of their ids, and a ledger of that epoch can't tell which it lacks.
   *
   * @param epoch 0 for all
   */
  public boolean isSharedSince(int epoch) {
    return store.keys(FOLDER, key(epoch)).stream().map(this::read).anyMatch(Epoch::isShared);
  }

  /** Begins an epoch in which this process alone writes, whoever wrote before. */
  public void takeOver() {
    begin(newest(), ALONE, true);
  }

  /**
   * Joins those who share a table; if there are none yet, begins an epoch for them.
   *
   * @return whether the table may lack keys that the lake has; then {@link #ready} is to be called
   *     when it has them, and nothing may be landed before
   * @throws SetupException if the lake's writers share another table
   */
  public boolean enterShared(String table) {
    Epoch newest = newest();
    while (newest == null || !newest.isShared()) {
      newest = begin(newest, table, false);
    }
    if (!newest.claims().equals(table)) {
      throw new SetupException(
          "the lake is written by processes that share the table %s, not %s: set %s to that or, if it"
                  .formatted(newest.claims(), table, "wadi.deduplicate.table")
              + " is lost and all have ended, `wadi ledger rebuild --alone` to begin with another");
    }
    current = newest.epoch();
    sharing = newest.ready() ? current - 1 : current;
    return !newest.ready();
  }

  /**
   * The table has all keys of the lake.
   *
   * @throws SetupException if another epoch has begun meanwhile, which is no part of this sharing
   */
  public void ready(String table) {
    int filled = sharing;
    Epoch newest = newest();
    if (newest.epoch() == filled) {
      newest = begin(newest, table, true);
    }
    if (newest.epoch() != filled + 1 || !newest.claims().equals(table) || !newest.ready()) {
      throw new FencedException(newest);
    }
    current = newest.epoch();
  }

  /**
   * Makes sure that this process may still write.
   *
   * @return why it may not; empty if it may
   */
  Optional<FencedException> fenced() {
    List<String> newer = store.keys(FOLDER, key(current));
    return newer.isEmpty()
        ? Optional.empty()
        : Optional.of(new FencedException(read(newer.get(newer.size() - 1))));
  }

  /** The same for whoever need not go on. */
  public void requireCurrent() {
    fenced()
        .ifPresent(
            fenced -> {
              throw fenced;
            });
  }

  private Epoch begin(Epoch before, String claims, boolean ready) {
    int number = before == null ? 1 : before.epoch() + 1;
    Epoch begun = new Epoch(number, claims, ready, writer, clock.instant().toString());
    if (!store.putIfAbsent(key(number), LakeJson.write(begun))) {
      Epoch other = newest();
      if (!other.equals(begun)) {
        if (claims.equals(ALONE)) {
          throw new SetupException(
              "another process (%s) began to write to the lake at this moment: let one of the two write it"
                  .formatted(other.writer()));
        }
        return other;
      }
    }
    current = number;
    if (begun.isShared()) {
      LOG.info("epoch={} of the lake begins, its writers share {}", number, claims);
    }
    return begun;
  }

  private Epoch newest() {
    List<String> all = store.keys(FOLDER, null);
    return all.isEmpty() ? null : read(all.get(all.size() - 1));
  }

  private Epoch read(String key) {
    return LakeJson.read(
        key,
        store.get(key).orElseThrow(() -> new IllegalStateException(key + " vanished")),
        Epoch.class);
  }

  private static String key(int epoch) {
    return FOLDER + String.format("%08d", epoch) + ".json";
  }
}
