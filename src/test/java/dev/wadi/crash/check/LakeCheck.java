package dev.wadi.crash.check;

import dev.wadi.crash.check.LakeTables.DeadLetterRow;
import dev.wadi.crash.check.LakeTables.EventRow;
import dev.wadi.crash.load.Sent;
import dev.wadi.crash.load.Sent.Times;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds what Wadi has made of a bucket against what was sent. */
public final class LakeCheck {

  private static final Times NEVER = new Times(0, 0);

  private final Sent sent;
  private final Findings findings = new Findings();

  private LakeCheck(Sent sent) {
    this.sent = sent;
  }

  /**
   * Checks the promise over the whole lake, when nothing is in flight any more.
   *
   * @param copy the bucket's objects as files
   */
  public static Verdict of(Path copy, Sent sent) throws IOException, SQLException {
    return new LakeCheck(sent).check(copy);
  }

  private Verdict check(Path copy) throws IOException, SQLException {
    LakeTables tables = new LakeTables(copy);
    Markers markers = new Markers(copy, tables, findings);
    markers.checkObjects();
    List<EventRow> landed = tables.events(markers.files("events"));
    List<EventRow> duplicates = tables.events(markers.files("duplicates"));
    List<EventRow> conflicts = tables.events(markers.files("conflicts"));
    List<DeadLetterRow> deadLetters = tables.deadLetters(markers.files("dead_letters"));
    checkEvents(byKey(landed), byKey(duplicates), byKey(conflicts));
    checkDeadLetters(deadLetters);
    checkSums(markers, landed.size(), duplicates.size(), conflicts.size(), deadLetters.size());
    List<EventRow> plain = tables.events(markers.objects("events"));
    return findings.verdict(sent.events().size(), plain.size() - byKey(plain).size());
  }

  private void checkEvents(
      Map<String, Map<String, Integer>> landed,
      Map<String, Map<String, Integer>> duplicates,
      Map<String, Map<String, Integer>> conflicts) {
    sent.events()
        .forEach(
            (key, payloads) -> {
              Map<String, Integer> rows = landed.getOrDefault(key, Map.of());
              if (rows.isEmpty()) {
                if (payloads.values().stream().anyMatch(times -> times.least() > 0)) {
                  findings.lost(key);
                }
                return;
              }
              int count = rows.values().stream().mapToInt(Integer::intValue).sum();
              if (count > 1) {
                findings.twice(key + " has landed " + count + " times", count - 1);
              }
              String winner = rows.keySet().iterator().next();
              findings.misfiledUnless(
                  payloads.containsKey(winner), key + " has landed with a payload never sent");
              checkCopies(
                  key,
                  payloads,
                  winner,
                  duplicates.getOrDefault(key, Map.of()),
                  conflicts.getOrDefault(key, Map.of()));
            });
    Set<String> unknown = new HashSet<>(landed.keySet());
    unknown.addAll(duplicates.keySet());
    unknown.addAll(conflicts.keySet());
    unknown.removeAll(sent.events().keySet());
    unknown.forEach(key -> findings.misfiled(key + " is there and was never sent"));
  }

  private void checkCopies(
      String key,
      Map<String, Times> payloads,
      String winner,
      Map<String, Integer> duplicates,
      Map<String, Integer> conflicts) {
    Set<String> hashes = new HashSet<>(payloads.keySet());
    hashes.addAll(duplicates.keySet());
    hashes.addAll(conflicts.keySet());
    for (String hash : hashes) {
      Times times = payloads.getOrDefault(hash, NEVER);
      boolean won = hash.equals(winner);
      expect(key, "duplicates", won ? times.butOne() : NEVER, duplicates.getOrDefault(hash, 0));
      expect(key, "conflicts", won ? NEVER : times, conflicts.getOrDefault(hash, 0));
    }
  }

  private void expect(String key, String table, Times times, int count) {
    findings.misfiledUnless(
        times.allow(count), key + " is " + count + " times in " + table + ", not " + times);
  }

  private void checkDeadLetters(List<DeadLetterRow> rows) {
    Map<Sent.Poison, Integer> counts = new HashMap<>();
    Set<String> ids = new HashSet<>();
    for (DeadLetterRow row : rows) {
      counts.merge(new Sent.Poison(row.hash(), row.reason()), 1, Integer::sum);
      findings.misfiledUnless(ids.add(row.id()), "dead letter " + row.id() + " is there twice");
    }
    sent.poisons()
        .forEach(
            (poison, times) -> {
              int count = counts.getOrDefault(poison, 0);
              findings.misfiledUnless(
                  times.allow(count),
                  poison + " is " + count + " times a dead letter, not " + times);
            });
    counts.keySet().removeAll(sent.poisons().keySet());
    counts.forEach((letter, count) -> findings.misfiled(letter + " is a dead letter unasked"));
  }

  private void checkSums(
      Markers markers, long landed, long duplicates, long conflicts, long deadLetters) {
    long all = landed + duplicates + conflicts + deadLetters;
    findings.misfiledUnless(
        sent.total().allow(all), all + " rows account for " + sent.total() + " that were sent");
    // what the archive of dead letters lands are the dead letters
    sum("landed", markers, landed + deadLetters);
    sum("duplicates", markers, duplicates);
    sum("conflicts", markers, conflicts);
    sum("rejected", markers, deadLetters);
  }

  private void sum(String term, Markers markers, long rows) {
    findings.misfiledUnless(
        markers.count(term) == rows,
        "the manifests say " + term + " " + markers.count(term) + ", the rows say " + rows);
  }

  private static Map<String, Map<String, Integer>> byKey(List<EventRow> rows) {
    Map<String, Map<String, Integer>> byKey = new HashMap<>();
    for (EventRow row : rows) {
      byKey.computeIfAbsent(row.key(), key -> new HashMap<>()).merge(row.hash(), 1, Integer::sum);
    }
    return byKey;
  }
}
