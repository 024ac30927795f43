package dev.wadi.crash.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wadi.crash.load.PayloadHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the markers of a lake say, and whether its objects are as they say. */
final class Markers {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> TABLES =
      List.of("events", "duplicates", "conflicts", "dead_letters");

  private final Path copy;
  private final LakeTables tables;
  private final Findings findings;
  private final Map<String, String> states = new HashMap<>();
  private final Map<String, JsonNode> files = new TreeMap<>();
  private final Map<String, Long> counts = new HashMap<>();

  Markers(Path copy, LakeTables tables, Findings findings) throws IOException {
    this.copy = copy;
    this.tables = tables;
    this.findings = findings;
    Set<String> replaced = new HashSet<>();
    for (String key : BucketCopy.keys(copy, "_wadi/commits")) {
      JsonNode marker = JSON.readTree(copy.resolve(key).toFile());
      states.put(key, marker.path("state").asText());
      if (states.get(key).equals("COMMITTED")) {
        marker.path("files").forEach(file -> files.put(file.get("key").textValue(), file));
        marker.path("replaces").forEach(old -> replaced.add(old.textValue()));
        marker.path("sources").properties().forEach(source -> count(key, source));
      }
    }
    replaced.forEach(files::remove);
  }

  /** The objects of a table that a reader is shown, and that are there. */
  List<String> files(String table) {
    return files.values().stream()
        .filter(file -> file.get("table").textValue().equals(table))
        .map(file -> file.get("key").textValue())
        .filter(key -> Files.isRegularFile(copy.resolve(key)))
        .toList();
  }

  /** The objects of a table that lie there, whoever names them. */
  List<String> objects(String table) throws IOException {
    return BucketCopy.keys(copy, table);
  }

  /** The sum over all commits and sources but replays of a term of the law of conservation. */
  long count(String term) {
    return counts.getOrDefault(term, 0L);
  }

  /**
   * Looks for open intents, objects that nobody names, and those that aren't as their marker says.
   */
  void checkObjects() throws IOException, SQLException {
    for (String intent : BucketCopy.keys(copy, "_wadi/intents")) {
      // one that was given up stays for a time, in case its process is only asleep
      findings.misfiledUnless(
          states.getOrDefault(intent.replace("/intents/", "/commits/"), "").equals("ABORTED"),
          "an open intent: " + intent);
    }
    for (String table : TABLES) {
      for (String key : objects(table)) {
        findings.misfiledUnless(files.containsKey(key), "an object that nobody names: " + key);
      }
    }
    for (JsonNode file : files.values()) {
      checkObject(file);
    }
  }

  private void checkObject(JsonNode file) throws IOException, SQLException {
    String key = file.get("key").textValue();
    Path object = copy.resolve(key);
    if (!Files.isRegularFile(object)) {
      findings.misfiled("no object, though a manifest names it: " + key);
      return;
    }
    byte[] bytes = Files.readAllBytes(object);
    findings.misfiledUnless(
        bytes.length == file.get("bytes").longValue()
            && PayloadHash.sha256(bytes).equals(file.get("sha256").textValue())
            && tables.count(key) == file.get("rows").longValue(),
        "an object that isn't as its manifest says: " + key);
  }

  private void count(String key, Map.Entry<String, JsonNode> named) {
    JsonNode source = named.getValue();
    // what a replay brings was received before, and counts for a source of its own
    boolean first = !named.getKey().startsWith("replay:");
    List<String> terms = new ArrayList<>();
    long sum = 0;
    for (String term : List.of("landed", "duplicates", "conflicts", "rejected", "filtered")) {
      sum += source.path(term).longValue();
      counts.merge(term, first ? source.path(term).longValue() : 0, Long::sum);
      terms.add(term + " " + source.path(term));
    }
    findings.misfiledUnless(
        sum == source.path("received").longValue(),
        key + " received " + source.path("received") + " and accounts for " + terms);
  }
}
