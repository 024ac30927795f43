package dev.wadi.simulator;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * The factory at work: changes begin independently of each other, many are under way at a time, and
 * their steps come out in the order of the simulation.
 */
final class Factory {

  /** About how many steps a change has. Measured; it sets the pace only. */
  static final double STEPS_PER_CHANGE = 32;

  /** About how long a change is under way, in milliseconds. Measured, likewise. */
  static final double CHANGE_MILLIS = 4.8 * 3_600_000;

  private record Story(Queue<Step> steps, long number) {
    long at() {
      return steps.element().at();
    }
  }

  /** Steps of the same moment come in the order of their changes, so that runs are repeatable. */
  private final PriorityQueue<Story> stories =
      new PriorityQueue<>(Comparator.comparingLong(Story::at).thenComparingLong(Story::number));

  private final Dice dice;
  private final Organization organization;
  private final double meanMillisToNextChange;
  private long nextChange;
  private long changes;

  /**
   * @param meanMillisToNextChange how much time of the simulation lies between the beginnings of
   *     two changes, on average
   */
  Factory(Dice dice, double meanMillisToNextChange) {
    this.dice = dice;
    this.organization = new Organization(dice);
    this.meanMillisToNextChange = meanMillisToNextChange;
  }

  /** The step that happens next; never null. */
  Step next() {
    while (stories.isEmpty() || nextChange <= stories.element().at()) {
      Service service = dice.pick(organization.services());
      stories.add(new Story(ChangeStory.tell(dice, service, nextChange), changes++));
      nextChange += dice.untilNext(meanMillisToNextChange);
    }
    Story story = stories.remove();
    Step step = story.steps().remove();
    if (!story.steps().isEmpty()) {
      stories.add(story);
    }
    return step;
  }
}
