package dev.wadi.land;

import dev.wadi.event.TransientException;
import dev.wadi.ops.Failpoint;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles commits that don't stand: gives them up in the lake and takes away what they had
 * published. Whoever finds an open intent of a process that is no more settles it the same way.
 * Every step can be repeated; the intent goes last, so that a crash in between is found again.
 */
public final class Settlement {

  private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

  private final LakeStore store;
  private final CommitLog log;
  private final String writer;
  private final Clock clock;

  /**
   * @param writer this process, as {@code host/pid/start}
   */
  public Settlement(LakeStore store, CommitLog log, String writer, Clock clock) {
    this.store = store;
    this.log = log;
    this.writer = writer;
    this.clock = clock;
  }

  /**
   * Settles every open intent. To be called before anything is received, by the one writer of a
   * lake. A compaction may be at work beside it, and is given up by this if it has no marker yet.
   *
   * @throws TransientException if the store doesn't answer
   */
  public void settleOpen() {
    for (String commit : log.open()) {
      Manifest marker = settle(commit, List.of());
      LOG.info(
          "settled a commit that an earlier process left open commit={} state={}",
          commit,
          marker.state());
    }
    // a compaction that was given up and knew it not yet may have put more after that, and died
    for (PendingCompaction compaction : log.pendingCompactions()) {
      if (log.marker(compaction.commit()).filter(Manifest::isAborted).isPresent()) {
        undo(compaction.commit(), compaction.objects());
      }
    }
  }

  /**
   * Puts ABORTED unless the commit has a marker, and does what the marker asks: undoes the objects
   * of an aborted commit, leaves those of a committed one. Then the intent goes.
   *
   * @param published objects that the caller may have put; whoever gave the commit up before may
   *     have looked for them too early, and has taken the intent away that names them
   * @return the marker that is final
   */
  public Manifest settle(String commit, List<String> published) {
    Manifest marker = log.settle(Manifest.aborted(commit, writer, clock.instant().toString()));
    if (marker.state() == Manifest.State.ABORTED) {
      undo(commit, published);
      Failpoint.reach("undone");
    }
    log.close(commit);
    return marker;
  }

  private void undo(String commit, List<String> published) {
    Set<String> objects = new LinkedHashSet<>(published);
    log.intent(commit).ifPresent(intent -> objects.addAll(intent.objects()));
    for (String key : objects) {
      store.delete(key);
      if (store.metadata(key).isPresent()) {
        throw new TransientException(key + " of the aborted commit is still there", null);
      }
      Failpoint.reach("undone-one");
    }
  }
}
