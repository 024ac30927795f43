package dev.wadi.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;

/** All that becomes of one change, joined by one chain id. */
final class Chain {

  private final Dice dice;
  private final String id;
  private final List<Step> steps = new ArrayList<>(48);

  Chain(Dice dice) {
    this.dice = dice;
    this.id = dice.uuid();
  }

  /** Adds a step of which one type of event tells, whatever else happens. */
  Step add(long at, EventType type, String source, String subject) {
    return add(at, source, subject, () -> type);
  }

  Step add(long at, String source, String subject, Step.Happening happening) {
    Step step = new Step(at, dice.uuid(), id, source, subject, happening);
    steps.add(step);
    return step;
  }

  /** The steps in the order in which they happen, the last one marked as such. */
  Queue<Step> inOrder() {
    steps.sort(Comparator.comparingLong(Step::at));
    steps.get(steps.size() - 1).end();
    return new ArrayDeque<>(steps);
  }
}
