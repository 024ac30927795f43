package dev.wadi.land.feed;

import dev.wadi.land.CommitIds;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The commits that a feed has still to look at, as they were when it was last listed. */
final class Waiting {

  private final FeedLake lake;
  private final Deque<String> commits = new ArrayDeque<>();
  private String firstOpen;
  private Instant noneBefore = Instant.MIN;

  Waiting(FeedLake lake) {
    this.lake = lake;
  }

  /**
   * Lists them.
   *
   * @param noneBefore no commit with an id of an earlier time can appear, unless it has an intent
   * @throws dev.wadi.event.TransientException if the store doesn't answer
   */
  void look(Progress progress, Instant noneBefore) {
    // the intents first: one that is gone by then has its marker among those that are listed next
    List<String> open = lake.shared() ? lake.log().open() : List.of();
    List<String> left =
        lake.log().settledAfter(progress.through()).stream()
            .filter(commit -> !progress.isDone(commit))
            .toList();
    commits.clear();
    commits.addAll(left);
    firstOpen = open.stream().min(String::compareTo).orElse(null);
    this.noneBefore = noneBefore;
    settle(progress);
  }

  /** Keeps no longer one by one what, as was seen at the last look, none can appear among. */
  void settle(Progress progress) {
    progress.settle(
        Stream.of(firstOpen, first()).filter(Objects::nonNull).min(String::compareTo).orElse(null),
        noneBefore);
  }

  /** The first of them; null if there is none. */
  String first() {
    return commits.peek();
  }

  /** One is done with. */
  void remove(String commit) {
    commits.remove(commit);
  }

  int count() {
    return commits.size();
  }

  /** When the first of them was cut; null if there is none. */
  Instant since() {
    return commits.isEmpty() ? null : CommitIds.time(commits.peek());
  }
}
