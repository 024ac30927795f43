package dev.wadi.deduplicate.dynamodb;

import dev.wadi.event.Fates;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** Markers in memory: the first for a commit is final, as in a lake. */
final class LakeFates implements Fates {

  private final ConcurrentMap<String, Fate> markers = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});

  /** Puts a marker unless there is one; returns which there is. */
  Fate mark(String commit, Fate fate) {
    Fate first = markers.putIfAbsent(commit, fate);
    return first == null ? fate : first;
  }

  void stands(String... commits) {
    for (String commit : commits) {
      mark(commit, Fate.STANDS);
    }
  }

  void givenUp(String... commits) {
    for (String commit : commits) {
      mark(commit, Fate.GIVEN_UP);
    }
  }

  /** The commits that were asked for, in order. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  /** What happens just before the next question is answered. */
  void meanwhile(Runnable happens) {
    meanwhile.set(happens);
  }

  @Override
  public Optional<Fate> of(String commit) {
    asked.add(commit);
    meanwhile.getAndSet(() -> {}).run();
    return Optional.ofNullable(markers.get(commit));
  }

  @Override
  public Fate settle(String commit) {
    return mark(commit, Fate.GIVEN_UP);
  }
}
