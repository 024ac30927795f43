package dev.wadi.lake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.duckdb.DuckDBAppender;

/**
 * Brings onto the workbench what commits that don't stand are known to have put, or to be about to
 * put: those on their way, and those that were given up and are not undone yet.
 */
final class UnfinishedIndex {

  private static final ObjectMapper JSON = new ObjectMapper();

  private UnfinishedIndex() {}

  /**
   * Reads the open intents, and the records of compactions of which something is left to be done.
   *
   * @return how many commits have an open intent and no marker among these
   */
  static int load(LakeObjects lake, Workbench bench, Set<String> markers) throws SQLException {
    // compactions first: their record is there before the intent, and goes after it
    Set<String> compactions = CommitNames.in(lake, CommitNames.COMPACTIONS);
    Set<String> intents = CommitNames.in(lake, CommitNames.INTENTS);
    List<String> keys = new ArrayList<>();
    compactions.forEach(commit -> keys.add(CommitNames.compaction(commit)));
    intents.forEach(commit -> keys.add(CommitNames.intent(commit)));
    try (DuckDBAppender unfinished = bench.append("unfinished")) {
      for (Map.Entry<String, byte[]> entry : lake.read(keys).entrySet()) {
        for (String object : objects(entry.getKey(), entry.getValue(), bench.findings())) {
          unfinished.beginRow().append(object).endRow();
        }
      }
    }
    Set<String> inFlight = new TreeSet<>(intents);
    inFlight.removeAll(markers);
    return inFlight.size();
  }

  private static List<String> objects(String key, byte[] json, Findings<Violation> findings) {
    List<String> objects = new ArrayList<>();
    try {
      JsonNode record = JSON.readTree(json);
      record.path("objects").forEach((JsonNode object) -> objects.add(object.textValue()));
      boolean whole = record.path("commit").isTextual() && record.path("objects").isArray();
      if (!whole || objects.removeIf(Objects::isNull)) {
        findings.add(Violation.MANIFEST_UNREADABLE, key + ": it names no commit or no objects");
      }
    } catch (IOException e) {
      findings.add(Violation.MANIFEST_UNREADABLE, key + ": it is no JSON");
    }
    return objects;
  }
}
