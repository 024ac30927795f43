package dev.wadi.crash.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wadi.crash.load.Sent;
import dev.wadi.crash.load.Sent.Times;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Counts the keys in a bucket of JSON lines without manifests, which the control makes. */
public final class PlainCheck {

  private static final ObjectMapper JSON = new ObjectMapper();

  private PlainCheck() {}

  /**
   * Counts what is lost and what is there twice; asks for nothing else.
   *
   * @param copy the bucket's objects as files
   */
  public static Verdict of(Path copy, Sent sent) throws IOException {
    Map<String, Integer> rows = new HashMap<>();
    for (String key : BucketCopy.keys(copy, "events")) {
      for (String line : Files.readAllLines(copy.resolve(key))) {
        JsonNode context = JSON.readTree(line).path("context");
        rows.merge(
            context.path("source").asText() + "#" + context.path("id").asText(), 1, Integer::sum);
      }
    }
    Findings findings = new Findings();
    sent.events()
        .forEach(
            (key, payloads) -> {
              int count = rows.getOrDefault(key, 0);
              if (count == 0 && isSent(Set.copyOf(payloads.values()))) {
                findings.lost(key);
              } else if (count > 1) {
                findings.twice(key + " is there " + count + " times", count - 1);
              }
            });
    Verdict verdict = findings.verdict(sent.events().size(), 0);
    return new Verdict(
        verdict.events(), verdict.lost(), verdict.twice(), 0, verdict.twice(), verdict.findings());
  }

  private static boolean isSent(Set<Times> payloads) {
    return payloads.stream().anyMatch(times -> times.least() > 0);
  }
}
