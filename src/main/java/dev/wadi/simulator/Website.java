package dev.wadi.simulator;

import java.util.ArrayList;
import java.util.List;

/** A website with its visitors, who come and go independently of each other. */
final class Website implements World {

  private static final int VISITORS = 5_000;

  private final List<Visitor> visitors = new ArrayList<>();
  private final Stories<VisitStep> visits;
  private final Timestamps timestamps = new Timestamps();

  /**
   * @param meanMillisToNextVisit how much time of the simulation lies between the beginnings of two
   *     visits, on average
   */
  Website(Dice dice, double meanMillisToNextVisit) {
    for (int i = 0; i < VISITORS; i++) {
      visitors.add(new Visitor(dice));
    }
    visits =
        new Stories<>(
            dice,
            meanMillisToNextVisit,
            VisitStep::at,
            start -> VisitStory.tell(dice, dice.pick(visitors), start));
  }

  @Override
  public void tell(JsonText json, long micros) {
    VisitStep step = visits.next();
    step.story().tell(step, json, micros, timestamps);
  }
}
