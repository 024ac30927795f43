package dev.wadi.simulator;

/** A software factory at work: many changes are under way at a time. */
final class Factory implements World {

  private final Organization organization;
  private final Stories<Step> changes;
  private final Timestamps timestamps = new Timestamps();

  /**
   * @param meanMillisToNextChange how much time of the simulation lies between the beginnings of
   *     two changes, on average
   */
  Factory(Dice dice, double meanMillisToNextChange) {
    organization = new Organization(dice);
    changes =
        new Stories<>(
            dice,
            meanMillisToNextChange,
            Step::at,
            start -> ChangeStory.tell(dice, dice.pick(organization.services()), start));
  }

  @Override
  public void tell(JsonText json, long micros) {
    changes.next().tell(json, timestamps.format(micros));
  }
}
