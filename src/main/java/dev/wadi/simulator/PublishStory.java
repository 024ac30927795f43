package dev.wadi.simulator;

/** What was built is packaged, signed now and then, and published to the team's registry. */
final class PublishStory {

  private static final String HOST = "https://registry.wadi.example/";

  private final Dice dice;
  private final Service service;
  private final Chain chain;
  private final Step merged;
  private final String change;
  private long now;

  PublishStory(Dice dice, Service service, Chain chain, Step merged, String change) {
    this.dice = dice;
    this.service = service;
    this.chain = chain;
    this.merged = merged;
    this.change = change;
  }

  /** Publishes an artifact from a moment on; the step with which it was published. */
  Step publish(String artifact, String run, long start, Step cause) {
    String registry = HOST + service.team();
    now = start + dice.around(0.6);
    Step latest = pack(artifact, registry, cause);
    if (dice.chance(0.5)) {
      String signature = dice.hex(96);
      now += dice.around(0.1);
      latest =
          chain
              .add(now, EventType.ARTIFACT_SIGNED, registry, artifact)
              .after(latest)
              .content(json -> json.plain("signature", signature));
    }
    String user = dice.pick(service.users()).login();
    now += dice.around(0.3);
    return chain
        .add(now, EventType.ARTIFACT_PUBLISHED, registry, artifact)
        .after(latest)
        .content(
            json -> {
              json.open("sbom").plain("uri", registry + "/sbom/" + run + ".json").close();
              json.plain("user", user);
            });
  }

  long now() {
    return now;
  }

  private Step pack(String artifact, String registry, Step cause) {
    return chain
        .add(now, EventType.ARTIFACT_PACKAGED, registry, artifact)
        .after(cause)
        .relatedTo(merged, "CONTAINS")
        .content(
            json -> {
              json.open("change").plain("id", change);
              json.plain("source", service.repositorySource()).close();
            });
  }
}
