package dev.wadi.crash;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What a crash test sends, made from a seed: events with their keys known, extra copies, copies
 * with another payload, and poison. It knows nothing of Wadi's code, so that the checker can trust
 * it.
 */
final class SendLog {

  private final List<String> bodies = new ArrayList<>();
  private final Map<String, List<String>> payloadsById = new LinkedHashMap<>();
  private int copies;
  private int conflicts;
  private int poisons;

  /**
   * @param events how many bodies to make, all kinds together
   */
  static SendLog of(long seed, int events) {
    SendLog log = new SendLog();
    Random random = new Random(seed);
    List<String> ids = new ArrayList<>();
    for (int n = 0; n < events; n++) {
      double kind = random.nextDouble();
      if (kind < 0.05 && !ids.isEmpty()) {
        String id = ids.get(random.nextInt(ids.size()));
        log.add(id, log.payloadsById.get(id).get(0));
        log.copies++;
      } else if (kind < 0.08 && !ids.isEmpty()) {
        String id = ids.get(random.nextInt(ids.size()));
        if (log.payloadsById.get(id).stream().distinct().count() == 1) {
          log.add(id, event(id, "other", random));
          log.conflicts++;
        }
      } else if (kind < 0.10) {
        log.bodies.add("{\"context\": {\"id\": \"poison-" + seed + "-" + n + "\", broken");
        log.poisons++;
      } else {
        String id = "e-" + seed + "-" + n;
        ids.add(id);
        log.add(id, event(id, "first", random));
      }
    }
    return log;
  }

  private void add(String id, String body) {
    bodies.add(body);
    payloadsById.computeIfAbsent(id, key -> new ArrayList<>()).add(body);
  }

  private static String event(String id, String outcome, Random random) {
    int day = 1 + random.nextInt(5);
    String predicate = random.nextBoolean() ? "started" : "queued";
    return """
        {"context":{"specversion":"0.5.1","id":"%s","source":"/crash/test","type":"dev.cdevents.pipelinerun.%s.0.3.0",\
        "timestamp":"2026-10-%02dT10:00:00Z"},"subject":{"id":"run-%d","source":"/crash/test",\
        "content":{"pipelineName":"%s","uri":"https://ci.example/%s"}}}"""
        .formatted(id, predicate, day, random.nextInt(1000), outcome, id);
  }

  /** Every body, in the order of sending. */
  List<String> bodies() {
    return bodies;
  }

  /** Every body that was sent under an id. */
  Map<String, List<String>> payloadsById() {
    return payloadsById;
  }

  int poisons() {
    return poisons;
  }

  int copies() {
    return copies;
  }

  int conflicts() {
    return conflicts;
  }
}
