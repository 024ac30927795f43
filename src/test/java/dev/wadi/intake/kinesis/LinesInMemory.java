package dev.wadi.intake.kinesis;

import dev.wadi.event.Lines;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Lines, and the markers of the commits that take parts of them, in memory: what several processes
 * of a test share in the place of the table and the lake.
 */
final class LinesInMemory implements Lines {

  /** How far a line is taken, and under which commit if that is not confirmed. */
  private record Taken(String standing, String commit, String to) {}

  private final Map<String, Taken> lines = new HashMap<>();
  private final Set<String> stands = new HashSet<>();
  private final Set<String> givenUp = new HashSet<>();
  private final Deque<RuntimeException> failures = new ArrayDeque<>();

  /** The next calls of {@link #begin} fail, each with one of these. */
  synchronized void failToBegin(RuntimeException... next) {
    failures.addAll(List.of(next));
  }

  synchronized int failuresLeft() {
    return failures.size();
  }

  /** As if a commit stood that accounts for a line up to there. */
  synchronized void accountFor(String source, String line, String to) {
    lines.put(source + " " + line, new Taken(to, null, null));
  }

  /** Puts a commit's marker; false if another gave it up before. */
  synchronized boolean settle(String commit) {
    return !givenUp.contains(commit) && (stands.add(commit) || true);
  }

  /** Gives a commit up, unless it stands. */
  synchronized void giveUp(String commit) {
    if (!stands.contains(commit)) {
      givenUp.add(commit);
    }
  }

  /** How far a line is accounted for by a commit that stands. */
  synchronized String standing(String source, String line) {
    return settled(lines.getOrDefault(source + " " + line, new Taken(null, null, null))).standing;
  }

  @Override
  public synchronized Optional<String> begin(String source, String line) {
    if (!failures.isEmpty()) {
      throw failures.remove();
    }
    String key = source + " " + line;
    Taken taken = lines.getOrDefault(key, new Taken(null, null, null));
    if (taken.commit != null) {
      giveUp(taken.commit);
    }
    lines.put(key, settled(taken));
    return Optional.ofNullable(lines.get(key).standing);
  }

  @Override
  public synchronized Collection<Part> take(String commit, String source, Collection<Part> parts) {
    List<Part> refused = new ArrayList<>();
    for (Part part : parts) {
      String key = source + " " + part.line();
      Taken taken = settled(lines.getOrDefault(key, new Taken(null, null, null)));
      if (taken.commit == null && Objects.equals(taken.standing, part.after())) {
        lines.put(key, new Taken(taken.standing, commit, part.to()));
      } else {
        refused.add(part);
      }
    }
    return refused;
  }

  @Override
  public synchronized void confirm(String commit, String source, Collection<Part> parts) {
    for (Part part : parts) {
      lines.computeIfPresent(source + " " + part.line(), (key, taken) -> settled(taken));
    }
  }

  private Taken settled(Taken taken) {
    if (taken.commit == null) {
      return taken;
    }
    if (stands.contains(taken.commit)) {
      return new Taken(taken.to, null, null);
    }
    return givenUp.contains(taken.commit) ? new Taken(taken.standing, null, null) : taken;
  }
}
