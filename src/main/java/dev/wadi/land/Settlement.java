package dev.wadi.land;

import dev.wadi.event.TransientException;
import dev.wadi.ops.Failpoint;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Settles commits that don't stand: gives them up in the lake and takes away what they had
 * published. Whoever finds an open intent of a process that is no more settles it the same way.
 * Every step can be repeated; the intent goes last, so that a crash in between is found again.
 */
public final class Settlement {

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
   * Puts ABORTED unless the commit has a marker, and does what the marker asks: undoes the objects
   * of an aborted commit, leaves those of a committed one. Then the intent goes.
   *
   * @param published objects that the caller may have put; whoever gave the commit up before may
   *     have looked for them too early, and has taken the intent away that names them
   * @return the marker that is final
   */
  public Manifest settle(String commit, List<String> published) {
    Manifest marker = takeOver(commit, published);
    log.close(commit);
    return marker;
  }

  /**
   * The same without an end to the intent, so that it is found again: the process whose commit it
   * is may only be asleep, and put more when it wakes, before it finds the marker.
   */
  Manifest takeOver(String commit, List<String> published) {
    Manifest marker = log.settle(Manifest.aborted(commit, writer, clock.instant().toString()));
    if (marker.isAborted()) {
      undo(commit, published);
      Failpoint.reach("undone");
    }
    return marker;
  }

  /** Takes away what an aborted commit has published: these objects, and those of its intent. */
  void undo(String commit, List<String> published) {
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
