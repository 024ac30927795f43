package dev.wadi.simulator;

import java.util.List;

/** One run of a service's test suite with some of its test cases. */
final class TestStory {

  private record TestCase(String id, String type) {}

  private static final List<TestCase> CASES =
      List.of(
          new TestCase("accepts-a-valid-order", "functional"),
          new TestCase("refuses-an-unknown-currency", "unit"),
          new TestCase("answers-within-200-ms", "performance"),
          new TestCase("survives-a-restart", "integration"),
          new TestCase("hides-other-tenants", "security"),
          new TestCase("pays-end-to-end", "e2e"));

  private final Dice dice;
  private final Service service;
  private final Chain chain;
  private final String source;
  private final String suiteRun;
  private final int cases;
  private long now;
  private int failures;

  TestStory(Dice dice, Service service, Chain chain, String source, String pipelineRun) {
    this.dice = dice;
    this.service = service;
    this.chain = chain;
    this.source = source;
    this.suiteRun = pipelineRun + "-suite";
    this.cases = dice.between(2, CASES.size());
  }

  /** Runs the suite from a moment on; the step with which it finished. */
  Step run(long start, Step cause) {
    now = start;
    Step queued = suite(EventType.TESTSUITERUN_QUEUED, cause);
    now += dice.around(0.2);
    Step started = suite(EventType.TESTSUITERUN_STARTED, queued);
    Step latest = started;
    for (int i = 0; i < cases; i++) {
      latest = runCase(CASES.get(i), latest);
    }
    now += dice.around(0.1);
    return finish(started, latest);
  }

  long now() {
    return now;
  }

  int cases() {
    return cases;
  }

  int failures() {
    return failures;
  }

  private Step suite(EventType type, Step cause) {
    return chain
        .add(now, type, source, suiteRun)
        .after(cause)
        .content(
            json -> {
              json.open("trigger").plain("type", "pipeline").close();
              writeSuite(json);
            });
  }

  private Step runCase(TestCase test, Step cause) {
    String subject = suiteRun + "-" + test.id();
    now += dice.around(0.05);
    Step started =
        chain
            .add(now, EventType.TESTCASERUN_STARTED, source, subject)
            .after(cause)
            .content(json -> writeCase(json, test));
    now += dice.around(0.8);
    boolean failed = dice.chance(0.02);
    if (failed) {
      failures++;
    }
    int millis = dice.between(20, 90_000);
    return chain
        .add(now, EventType.TESTCASERUN_FINISHED, source, subject)
        .after(started)
        .content(
            json -> {
              json.plain("outcome", failed ? "failure" : "success");
              if (failed) {
                json.plain("severity", "high").text("reason", "expected 'paid' but was \"open\"");
              }
              writeCase(json, test);
            })
        .customData(json -> json.number("durationMillis", millis));
  }

  private Step finish(Step started, Step cause) {
    int failed = failures;
    double coverage = dice.between(600, 980) / 1000.0;
    return chain
        .add(now, EventType.TESTSUITERUN_FINISHED, source, suiteRun)
        .after(cause)
        .relatedTo(started, "STARTED_BY")
        .content(
            json -> {
              json.plain("outcome", failed == 0 ? "success" : "failure");
              if (failed > 0) {
                json.plain("severity", failed > 1 ? "critical" : "medium");
                json.plain("reason", failed + " of " + cases + " test cases failed");
              }
              writeSuite(json);
            })
        .customData(
            json -> {
              json.open("tests").number("passed", cases - failed).number("failed", failed).close();
              json.number("coverage", coverage);
            });
  }

  private void writeSuite(JsonText json) {
    writeEnvironment(json);
    json.open("testSuite").plain("id", service.name() + "-acceptance");
    json.plain("name", "Acceptance of " + service.name()).plain("version", "2.1").close();
  }

  private void writeCase(JsonText json, TestCase test) {
    writeEnvironment(json);
    json.open("testSuiteRun").plain("id", suiteRun).plain("source", source).close();
    json.open("testCase").plain("id", test.id()).plain("type", test.type()).close();
  }

  private void writeEnvironment(JsonText json) {
    json.open("environment").plain("id", "dev").plain("source", source).close();
  }
}
