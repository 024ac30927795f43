package dev.wadi.cases;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds how what came differs from what was expected. */
public final class Comparison {

  /** Of a row, what no case can know; not said of a row, and not asked for of an exact one. */
  static final Set<String> BOOKKEEPING =
      Set.of(
          "event_key",
          "payload_hash",
          "landed_payload_hash",
          "ingested_at",
          "commit_id",
          "source_position",
          "_doc",
          "dead_letter_id",
          "first_seen",
          "bytes_base64",
          "bytes_object",
          "received_date");

  /** Not asked for of an exact row either, since every event has them. */
  private static final Set<String> OF_EVERY_EVENT =
      Set.of("event_id", "event_type", "event_subtype", "event_source", "event_time", "event_date");

  /** By which of its columns a row is most likely the one that was meant. */
  private static final Set<String> TELLING = Set.of("event_id", "position", "text");

  private static final int TELLS = 10;

  private final Expected expected;
  private final Came came;
  private final List<Difference> differences = new ArrayList<>();

  private Comparison(Expected expected, Came came) {
    this.expected = expected;
    this.came = came;
  }

  /** The differences, none if there are none: failures first, then by table, then drops. */
  public static List<Difference> of(Expected expected, Came came) {
    Comparison comparison = new Comparison(expected, came);
    comparison.compare();
    return List.copyOf(comparison.differences);
  }

  private void compare() {
    if (came.early()) {
      differences.add(new Difference.Failure(null, "in 'before': " + came.failure()));
      return;
    }
    boolean fails = expected.fails() != null;
    if (fails
        ? came.failure() == null || !came.failure().contains(expected.fails())
        : came.failure() != null) {
      differences.add(new Difference.Failure(expected.fails(), came.failure()));
    }
    if (came.failure() != null) {
      // nothing more can be said of what has failed
      return;
    }
    CaseFile.TABLES.forEach(table -> compare(table, expected.rows(table), came.rows(table)));
    Set<String> reasons = new TreeSet<>(expected.dropped().keySet());
    reasons.addAll(came.dropped().keySet());
    for (String reason : reasons) {
      int wanted = expected.dropped().getOrDefault(reason, 0);
      int got = came.dropped().getOrDefault(reason, 0);
      if (wanted != got) {
        differences.add(new Difference.Dropped(reason, wanted, got));
      }
    }
  }

  private void compare(String table, Expected.Rows wanted, List<Map<String, JsonNode>> got) {
    if (wanted.count() != got.size()) {
      differences.add(new Difference.Count(table, wanted.count(), got.size()));
    }
    if (wanted.rows() == null) {
      return;
    }
    List<Expected.Row> missing = new ArrayList<>(wanted.rows());
    List<Map<String, JsonNode>> extra = new ArrayList<>(got);
    new Matching<>(missing, extra, (row, each) -> columns(table, row, each).isEmpty()).takeOut();
    while (pair(table, missing, extra)) {
      continue;
    }
    missing.forEach(row -> differences.add(new Difference.Missing(table, row)));
    extra.forEach(row -> differences.add(new Difference.Extra(table, row)));
  }

  /** Takes the two that are most alike out of both; false if none are alike. */
  private boolean pair(
      String table, List<Expected.Row> missing, List<Map<String, JsonNode>> extra) {
    Expected.Row bestRow = null;
    Map<String, JsonNode> best = null;
    int most = 0;
    for (Expected.Row row : missing) {
      for (Map<String, JsonNode> each : extra) {
        int likeness = likeness(row, each);
        if (likeness > most) {
          most = likeness;
          bestRow = row;
          best = each;
        }
      }
    }
    if (best == null) {
      return false;
    }
    Expected.Row row = bestRow;
    Map<String, JsonNode> like = best;
    missing.removeIf(other -> other == row);
    extra.removeIf(other -> other == like);
    differences.add(new Difference.Row(table, row, columns(table, row, like)));
    return true;
  }

  private static int likeness(Expected.Row row, Map<String, JsonNode> got) {
    int likeness = 0;
    for (Map.Entry<String, JsonNode> column : row.columns().entrySet()) {
      if (!column.getValue().isNull()
          && Values.agree(column.getValue(), got.get(column.getKey()))) {
        likeness += TELLING.contains(column.getKey()) ? TELLS : 1;
      }
    }
    return likeness;
  }

  private List<Difference.Column> columns(
      String table, Expected.Row row, Map<String, JsonNode> got) {
    List<Difference.Column> columns = new ArrayList<>();
    row.columns()
        .forEach(
            (name, wanted) -> {
              if (!agree(table, name, wanted, got.get(name))) {
                columns.addAll(Values.differences(name, wanted, got.get(name)));
              }
            });
    if (expected.exact() && table.equals("events")) {
      got.forEach(
          (name, value) -> {
            if (!value.isNull()
                && !row.columns().containsKey(name)
                && !BOOKKEEPING.contains(name)
                && !OF_EVERY_EVENT.contains(name)) {
              columns.add(new Difference.Column(name, null, value));
            }
          });
    }
    return columns;
  }

  /** Of a dead letter's message a part is enough: the rest is for people, and gets better. */
  private static boolean agree(String table, String name, JsonNode wanted, JsonNode got) {
    if (table.equals("dead_letters") && name.equals("message") && wanted.isTextual()) {
      return got != null && got.asText().contains(wanted.asText());
    }
    return Values.agree(wanted, got);
  }
}
