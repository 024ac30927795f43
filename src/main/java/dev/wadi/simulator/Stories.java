package dev.wadi.simulator;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.ToLongFunction;

/**
 * Stories that begin independently of each other and go on side by side; their steps come out in
 * the order of the simulation. Never ends.
 *
 * @param <S> a step of a story
 */
final class Stories<S> {

  /** Tells one story. */
  interface Teller<S> {
    /** The steps of a story that begins at a moment, in their order; at least one. */
    Queue<S> tell(long start);
  }

  private record Story<S>(Queue<S> steps, long at, long number) {}

  /** Steps of the same moment come in the order of their stories, so that runs are repeatable. */
  private final PriorityQueue<Story<S>> stories =
      new PriorityQueue<>(
          Comparator.<Story<S>>comparingLong(Story::at).thenComparingLong(Story::number));

  private final Dice dice;
  private final double meanMillisToNext;
  private final ToLongFunction<S> at;
  private final Teller<S> teller;
  private long nextStart;
  private long begun;

  /**
   * @param meanMillisToNext how much time of the simulation lies between the beginnings of two
   *     stories, on average
   * @param at the moment of a step in milliseconds of the simulation
   */
  Stories(Dice dice, double meanMillisToNext, ToLongFunction<S> at, Teller<S> teller) {
    this.dice = dice;
    this.meanMillisToNext = meanMillisToNext;
    this.at = at;
    this.teller = teller;
  }

  /** The step that happens next. */
  S next() {
    while (stories.isEmpty() || nextStart <= stories.element().at()) {
      add(teller.tell(nextStart), begun++);
      nextStart += dice.untilNext(meanMillisToNext);
    }
    Story<S> story = stories.remove();
    S step = story.steps().remove();
    if (!story.steps().isEmpty()) {
      add(story.steps(), story.number());
    }
    return step;
  }

  private void add(Queue<S> steps, long number) {
    stories.add(new Story<>(steps, at.applyAsLong(steps.element()), number));
  }
}
