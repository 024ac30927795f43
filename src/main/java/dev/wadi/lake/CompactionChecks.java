package dev.wadi.lake;

import java.sql.SQLException;

/** That compactions replace what is there to be replaced, and by as many rows. */
final class CompactionChecks {

  private static final String ROWS_BY_FOLDER =
      "SELECT %s AS commit_id, regexp_replace(object, '[^/]*$', '') AS folder,"
          + " sum(row_count)::BIGINT AS n FROM files %s GROUP BY 1, 2";

  private final Workbench bench;

  CompactionChecks(Workbench bench) {
    this.bench = bench;
  }

  void run() throws SQLException {
    bench.find(
        Violation.REPLACED_WRONGLY,
        "SELECT object || ' by ' || commit_id || ', which no commit has landed'"
            + " FROM replaced ANTI JOIN files USING (object) ORDER BY 1");
    bench.find(
        Violation.REPLACED_WRONGLY,
        "SELECT object || ' by ' || string_agg(commit_id, ' and ' ORDER BY commit_id)"
            + " FROM replaced GROUP BY object HAVING count(*) > 1 ORDER BY 1");
    bench.find(
        Violation.ROWS_DIFFER,
        ("SELECT format('{} has {} rows of {}, what it replaced had {}', folder,"
                + " coalesce(now.n, 0), commit_id, coalesce(before.n, 0)) FROM (%s) now"
                + " FULL JOIN (%s) before USING (commit_id, folder)"
                + " WHERE coalesce(now.n, 0) <> coalesce(before.n, 0) ORDER BY 1")
            .formatted(
                ROWS_BY_FOLDER.formatted("commit_id", "SEMI JOIN replaced USING (commit_id)"),
                ROWS_BY_FOLDER.formatted("replaced.commit_id", "JOIN replaced USING (object)")));
  }
}
