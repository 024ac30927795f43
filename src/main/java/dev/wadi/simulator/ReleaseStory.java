package dev.wadi.simulator;

import java.util.List;

/**
 * An artifact on its way through the environments, and what goes wrong in the last one: an incident
 * is detected, the service is mostly rolled back, the incident is resolved.
 */
final class ReleaseStory {

  private static final String HOST = "https://deploy.wadi.example/clusters/";
  private static final String ALERTS = "https://alerts.wadi.example/";
  private static final String PRODUCTION = "prod";
  private static final List<String> STRATEGIES = List.of("rolling", "canary", "blue-green");
  private static final List<String> SYMPTOMS =
      List.of(
          "5xx rate above 2 % for 5 minutes",
          "p99 latency > 1.5 s", "consumer lag grows: \"orders\"", "out of memory: exit code 137");

  private final Dice dice;
  private final Service service;
  private final Chain chain;
  private final String artifact;
  private final Step published;
  private long now;
  private Step latest;

  ReleaseStory(Dice dice, Service service, Chain chain, PipelineStory pipeline) {
    this.dice = dice;
    this.service = service;
    this.chain = chain;
    this.artifact = pipeline.artifact();
    this.published = pipeline.published();
    this.now = pipeline.now();
    this.latest = pipeline.latest();
  }

  /** Goes on where the pipeline has published the artifact. */
  void tell() {
    for (String environment : Organization.ENVIRONMENTS) {
      now += dice.around(PRODUCTION.equals(environment) ? 60 : 10);
      deploy(environment);
      if (dice.chance(0.04)) {
        return;
      }
    }
    if (dice.chance(0.12)) {
      haveAnIncident();
    }
  }

  private void deploy(String environment) {
    String strategy = dice.pick(STRATEGIES);
    int replicas = PRODUCTION.equals(environment) ? dice.between(3, 12) : 1;
    latest =
        chain
            .add(
                now,
                HOST + environment,
                environment + "/" + service.name(),
                () ->
                    service.deploy(environment, artifact)
                        ? EventType.SERVICE_DEPLOYED
                        : EventType.SERVICE_UPGRADED)
            .after(latest)
            .relatedTo(published, "DEPLOYS")
            .content(
                json -> {
                  writeEnvironment(json, environment);
                  json.plain("artifactId", artifact);
                })
            .customData(
                json ->
                    json.open("rollout")
                        .plain("strategy", strategy)
                        .number("replicas", replicas)
                        .flag("automatic", !PRODUCTION.equals(environment))
                        .close());
  }

  private void haveAnIncident() {
    String incident = "INC-" + dice.hex(8);
    String symptom = dice.pick(SYMPTOMS);
    Step deployed = latest;
    now += dice.around(35);
    Step detected = incident(EventType.INCIDENT_DETECTED, incident, symptom);
    detected.relatedTo(deployed, "CAUSED_BY");
    if (dice.chance(0.75)) {
      now += dice.around(15);
      rollBack(detected);
    }
    now += dice.around(25);
    incident(EventType.INCIDENT_RESOLVED, incident, symptom).relatedTo(detected, "RESOLVES");
  }

  private void rollBack(Step detected) {
    latest =
        chain
            .add(
                now,
                HOST + PRODUCTION,
                PRODUCTION + "/" + service.name(),
                () -> {
                  service.rollBack(PRODUCTION);
                  return EventType.SERVICE_ROLLEDBACK;
                })
            .after(latest)
            .relatedTo(detected, "CAUSED_BY")
            .content(
                json -> {
                  writeEnvironment(json, PRODUCTION);
                  json.plain("artifactId", service.running(PRODUCTION));
                });
  }

  private Step incident(EventType type, String id, String symptom) {
    latest =
        chain
            .add(now, type, ALERTS + service.team(), id)
            .after(latest)
            .content(
                json -> {
                  json.text("description", symptom);
                  writeEnvironment(json, PRODUCTION);
                  json.open("service").plain("id", PRODUCTION + "/" + service.name());
                  json.plain("source", HOST + PRODUCTION).close();
                  json.plain("artifactId", artifact);
                });
    return latest;
  }

  private static void writeEnvironment(JsonText json, String environment) {
    json.open("environment").plain("id", environment);
    json.plain("source", HOST + environment).close();
  }
}
