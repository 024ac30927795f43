package dev.wadi.lake;

import java.sql.SQLException;
import java.util.Map;

/** That the rows say of each other what is true. */
final class RowChecks {

  /** What must be there in the rows of a table besides the event's key. */
  private static final Map<LakeTable, String> REQUIRED =
      Map.of(
          LakeTable.EVENTS, "hash",
          LakeTable.DUPLICATES, "hash",
          LakeTable.CONFLICTS, "hash + landed_hash",
          LakeTable.DEAD_LETTERS, "letter");

  private final Workbench bench;

  RowChecks(Workbench bench) {
    this.bench = bench;
  }

  void run() throws SQLException {
    for (LakeTable table : LakeTable.values()) {
      checkFiles(table);
    }
    bench.find(
        Violation.LANDED_TWICE,
        "SELECT format('{} {} times, {}, in {}', hex_key(key), count(*),"
            + " CASE WHEN count(DISTINCT hash) = 1 THEN 'same payload' ELSE 'other payload' END,"
            + " "
            + Workbench.NAMES
            + ")"
            + " FROM rows_events JOIN commits f USING (commit_no)"
            + " SEMI JOIN (SELECT key FROM rows_events GROUP BY 1 HAVING count(*) > 1) USING (key)"
            + " GROUP BY key ORDER BY 1");
    findUnfounded(
        Violation.DUPLICATE_UNFOUNDED,
        "rows_duplicates",
        "format('payload {}', hex_hash(u.hash))",
        "e.hash = u.hash");
    findUnfounded(
        Violation.CONFLICT_UNFOUNDED,
        "rows_conflicts",
        "format('payload {} against {}', hex_hash(u.hash), hex_hash(u.landed_hash))",
        "e.hash = u.landed_hash AND e.hash <> u.hash");
    bench.find(
        Violation.DEAD_LETTER_TWICE,
        "SELECT format('{} in {}', hex_key(letter),"
            + " "
            + Workbench.NAMES
            + ")"
            + " FROM rows_dead_letters JOIN commits f USING (commit_no) WHERE letter IS NOT NULL"
            + " GROUP BY letter HAVING count(*) > 1 ORDER BY 1");
    bench.find(
        Violation.DEAD_LETTER_BYTES_MISSING,
        "SELECT format('{}: {}', hex_key(letter), bytes_object) FROM rows_dead_letters"
            + " ANTI JOIN objects ON bytes_object = object"
            + " WHERE bytes_object IS NOT NULL ORDER BY 1");
  }

  /**
   * Rows that are copies of nothing that has landed.
   *
   * @param founded what must be so of an event's row {@code e} with the same key
   */
  private void findUnfounded(Violation violation, String rows, String what, String founded)
      throws SQLException {
    bench.find(
        violation,
        ("WITH u AS (SELECT u.*, c.name FROM %s u JOIN commits c USING (commit_no)"
                + " ANTI JOIN rows_events e ON e.key = u.key AND %s WHERE NOT c.late),"
                + " landed AS (SELECT key, min(e.hash) AS hash, min(c.name) AS name"
                + " FROM rows_events e JOIN commits c USING (commit_no) SEMI JOIN u USING (key)"
                + " GROUP BY 1)"
                + " SELECT format('{} with {} in {}: {}', hex_key(u.key), %s, u.name,"
                + " CASE WHEN l.key IS NULL THEN 'no event with this key has landed'"
                + " ELSE format('payload {} has landed in {}', hex_hash(l.hash), l.name) END)"
                + " FROM u LEFT JOIN landed l USING (key) ORDER BY 1")
            .formatted(rows, founded, what));
  }

  private void checkFiles(LakeTable table) throws SQLException {
    String rows = "rows_" + table.sqlName();
    bench.find(
        Violation.ROWS_DIFFER,
        ("SELECT format('{} has {} rows, its manifest says {}', object, coalesce(n, 0), row_count)"
                + " FROM live SEMI JOIN readable USING (file_no)"
                + " LEFT JOIN (SELECT file_no, count(*) AS n FROM %s GROUP BY 1) USING (file_no)"
                + " WHERE tbl = '%s' AND coalesce(n, 0) <> row_count ORDER BY 1")
            .formatted(rows, table.sqlName()));
    findRows(Violation.ROWS_OF_ANOTHER_COMMIT, rows, "NOT own");
    findRows(
        Violation.ROWS_MALFORMED, rows, "r.key IS NULL OR (" + REQUIRED.get(table) + ") IS NULL");
  }

  private void findRows(Violation violation, String rows, String condition) throws SQLException {
    bench.find(
        violation,
        "SELECT format('{}: {} rows', object, count(*)) FROM %s r JOIN live f USING (file_no)"
                .formatted(rows)
            + " WHERE %s GROUP BY object ORDER BY 1".formatted(condition));
  }
}
