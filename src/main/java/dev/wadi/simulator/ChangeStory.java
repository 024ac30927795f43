package dev.wadi.simulator;

import dev.wadi.simulator.JsonText.Members;
import java.util.List;
import java.util.Queue;

/**
 * What becomes of one change from its creation on: it is reviewed, merged, built, tested, packaged
 * and shipped, or ends on the way. Durations are log-normal; their medians and the probabilities
 * are those of a team that ships every day.
 */
final class ChangeStory {

  private static final List<String> VERBS =
      List.of("Fix", "Speed up", "Rework", "Log", "Validate", "Cache", "Retry", "Simplify");
  private static final List<String> OBJECTS =
      List.of(
          "the retry budget of the client",
          "\"unknown\" currencies in totals",
          "paging over long lists",
          "the café opening hours (UTC → local)",
          "timeouts in C:\\jobs\\nightly",
          "token refresh",
          "the order state machine",
          "metrics of the consumer");
  private static final List<String> LABELS =
      List.of("bug", "feature", "chore", "security", "performance");

  private final Dice dice;
  private final Service service;
  private final Chain chain;
  private final String subject;
  private final Members content;
  private long now;
  private Step latest;

  private ChangeStory(Dice dice, Service service, long start) {
    this.dice = dice;
    this.service = service;
    this.chain = new Chain(dice);
    this.subject = service.nextChange();
    this.content = this::writeRepository;
    this.now = start;
  }

  /** The steps of a change that is created at {@code start}, in the order of their moments. */
  static Queue<Step> tell(Dice dice, Service service, long start) {
    ChangeStory story = new ChangeStory(dice, service, start);
    if (story.isMerged()) {
      story.ship();
    }
    return story.chain.inOrder();
  }

  private boolean isMerged() {
    create();
    now += dice.around(90);
    step(EventType.CHANGE_REVIEWED);
    while (dice.chance(0.3)) {
      now += dice.around(45);
      step(EventType.CHANGE_UPDATED);
      now += dice.around(40);
      step(EventType.CHANGE_REVIEWED);
    }
    now += dice.around(30);
    boolean merged = dice.chance(0.96);
    step(merged ? EventType.CHANGE_MERGED : EventType.CHANGE_ABANDONED);
    return merged;
  }

  private void create() {
    String description = dice.pick(VERBS) + " " + dice.pick(OBJECTS);
    User author = dice.pick(service.users());
    String label = dice.pick(LABELS);
    int added = dice.between(1, 400);
    int removed = dice.between(0, 200);
    latest =
        chain
            .add(now, EventType.CHANGE_CREATED, service.repositorySource(), subject)
            .content(json -> json.text("description", description).members(content))
            .customData(
                json -> {
                  json.open("author").plain("login", author.login()).text("name", author.name());
                  json.plain("team", service.team()).close();
                  json.open("lines").number("added", added).number("removed", removed).close();
                  json.openArray("labels").element(label).element(service.team()).closeArray();
                  json.flag("draft", added > 300);
                });
  }

  private void step(EventType type) {
    latest =
        chain.add(now, type, service.repositorySource(), subject).content(content).after(latest);
  }

  private void ship() {
    Step merged = latest;
    PipelineStory pipeline = new PipelineStory(dice, service, chain, merged, subject);
    now += dice.around(0.5);
    boolean built = pipeline.run(now);
    while (!built && dice.chance(0.6)) {
      built = pipeline.run(pipeline.now() + dice.around(20));
    }
    if (built) {
      new ReleaseStory(dice, service, chain, pipeline).tell();
    }
  }

  private void writeRepository(JsonText json) {
    json.open("repository").plain("id", service.repository());
    json.plain("source", service.repositorySource()).close();
  }
}
