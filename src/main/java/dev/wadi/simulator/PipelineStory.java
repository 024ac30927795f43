package dev.wadi.simulator;

import java.util.List;

/**
 * The pipeline runs of a merged change: a task that builds, a task that tests, a task that packages
 * and publishes. A run ends at the first task that does not succeed.
 */
final class PipelineStory {

  private static final String HOST = "https://ci.wadi.example/";
  private static final List<String> POOLS = List.of("linux-small", "linux-large", "arm64-spot");
  private static final List<String> BUILD_ERRORS =
      List.of(
          "src/main/Order.java:112: error: incompatible types\n\tString cannot be \"Money\"\n1 error",
          "dependency resolution failed: could not reach the registry",
          "No space left on device: '/var/tmp/cache'");

  private final Dice dice;
  private final Service service;
  private final Chain chain;
  private final Step merged;
  private final String change;
  private final String source;
  private long now;
  private Step latest;
  private String run;
  private String outcome;
  private String errors;
  private String artifact;
  private Step published;

  PipelineStory(Dice dice, Service service, Chain chain, Step merged, String change) {
    this.dice = dice;
    this.service = service;
    this.chain = chain;
    this.merged = merged;
    this.change = change;
    this.source = HOST + service.team();
    this.latest = merged;
  }

  /** Runs the pipeline once from the given moment on; whether it published an artifact. */
  boolean run(long start) {
    now = start;
    run = service.name() + "-" + dice.hex(8);
    outcome = "success";
    errors = null;
    pipeline(EventType.PIPELINERUN_QUEUED);
    now += dice.around(0.7);
    Step started = pipeline(EventType.PIPELINERUN_STARTED);
    task("build", this::build);
    if (succeeds()) {
      task("test", this::test);
    }
    if (succeeds()) {
      task("publish", this::publish);
    }
    now += dice.around(0.1);
    finish(started);
    return succeeds();
  }

  /** The moment at which the latest run finished. */
  long now() {
    return now;
  }

  /** The step with which the latest run finished. */
  Step latest() {
    return latest;
  }

  /** The package URL of what the successful run published. */
  String artifact() {
    return artifact;
  }

  /** The step with which the successful run published the artifact. */
  Step published() {
    return published;
  }

  private boolean succeeds() {
    return "success".equals(outcome);
  }

  private Step pipeline(EventType type) {
    latest =
        chain.add(now, type, source, run).after(latest).content(json -> writePipeline(json, run));
    return latest;
  }

  private void finish(Step started) {
    String runNow = run;
    String outcomeNow = outcome;
    String errorsNow = errors;
    String pool = dice.pick(POOLS);
    double cpuSeconds = dice.between(100, 9000) / 10.0;
    latest =
        chain
            .add(now, EventType.PIPELINERUN_FINISHED, source, run)
            .after(latest)
            .relatedTo(started, "STARTED_BY")
            .content(
                json -> {
                  writePipeline(json, runNow);
                  writeOutcome(json, outcomeNow, errorsNow);
                })
            .customData(
                json -> {
                  json.open("runner").plain("pool", pool).number("cpuSeconds", cpuSeconds);
                  json.flag("spot", pool.endsWith("spot")).close();
                });
  }

  private void task(String name, Runnable work) {
    String subject = run + "-" + name;
    String runNow = run;
    now += dice.around(0.2);
    latest =
        chain
            .add(now, EventType.TASKRUN_STARTED, source, subject)
            .after(latest)
            .content(json -> writeTask(json, name, runNow));
    work.run();
    String outcomeNow = outcome;
    String errorsNow = errors;
    now += dice.around(0.05);
    latest =
        chain
            .add(now, EventType.TASKRUN_FINISHED, source, subject)
            .after(latest)
            .content(
                json -> {
                  writeTask(json, name, runNow);
                  writeOutcome(json, outcomeNow, errorsNow);
                });
  }

  private void build() {
    String subject = run + "-compile";
    latest = chain.add(now, EventType.BUILD_QUEUED, source, subject).after(latest);
    now += dice.around(0.3);
    latest = chain.add(now, EventType.BUILD_STARTED, source, subject).after(latest);
    now += dice.around(3);
    double luck = dice.share();
    if (luck < 0.06) {
      fail(luck < 0.01 ? "error" : luck < 0.015 ? "cancel" : "failure", dice.pick(BUILD_ERRORS));
      latest = chain.add(now, EventType.BUILD_FINISHED, source, subject).after(latest);
      return;
    }
    String built = service.artifact(change, dice.hex(64));
    artifact = built;
    latest =
        chain
            .add(now, EventType.BUILD_FINISHED, source, subject)
            .after(latest)
            .content(json -> json.plain("artifactId", built));
  }

  private void test() {
    TestStory tests = new TestStory(dice, service, chain, source, run);
    latest = tests.run(now, latest);
    now = tests.now();
    if (tests.failures() > 0) {
      fail("failure", tests.failures() + " of " + tests.cases() + " test cases failed");
    }
  }

  private void publish() {
    PublishStory publishing = new PublishStory(dice, service, chain, merged, change);
    published = publishing.publish(artifact, run, now, latest);
    latest = published;
    now = publishing.now();
  }

  private void fail(String how, String why) {
    outcome = how;
    errors = why;
  }

  private void writePipeline(JsonText json, String id) {
    json.plain("pipelineName", service.name() + "-main");
    json.plain("uri", source + "/pipelines/" + id);
  }

  private void writeTask(JsonText json, String name, String id) {
    json.plain("taskName", name).plain("uri", source + "/pipelines/" + id + "/tasks/" + name);
    json.open("pipelineRun").plain("id", id).plain("source", source).close();
  }

  private static void writeOutcome(JsonText json, String outcome, String errors) {
    json.plain("outcome", outcome);
    if (errors != null) {
      json.text("errors", errors);
    }
  }
}
