package dev.wadi.lake;

import java.sql.SQLException;

/** That the manifests' accounts balance, and say what the rows say. */
final class AccountChecks {

  private final Workbench bench;

  AccountChecks(Workbench bench) {
    this.bench = bench;
  }

  void run() throws SQLException {
    bench.find(
        Violation.NOT_CONSERVED,
        "SELECT format('{}, {}: received {}, accounted for {}', commit_id, source, received, sum)"
            + " FROM (SELECT *, landed + duplicates + conflicts + rejected + filtered AS sum"
            + " FROM accounts) WHERE received <> sum ORDER BY 1");
    bench.find(
        Violation.COUNT_DIFFERS,
        "SELECT format('{}, {}: filtered {}, for reasons {}', commit_id, source, filtered,"
            + " filtered_for_reasons) FROM accounts WHERE filtered <> filtered_for_reasons"
            + " ORDER BY 1");
    bench.find(
        Violation.COUNT_DIFFERS,
        "SELECT format('{}: rejected {}, dead letters named {}', commit_id, a.n, coalesce(r.n, 0))"
            + " FROM (SELECT commit_id, sum(rejected)::BIGINT AS n FROM accounts GROUP BY 1) a"
            + " LEFT JOIN (SELECT commit_id, count(*) AS n FROM rejected GROUP BY 1) r"
            + " USING (commit_id) WHERE a.n <> coalesce(r.n, 0) ORDER BY 1");
    bench.find(
        Violation.COUNT_DIFFERS,
        "SELECT format('{}, {}: received {}, replays of dead letters {}', commit_id, source,"
            + " received, coalesce(n, 0)) FROM accounts LEFT JOIN (SELECT commit_id, source,"
            + " sum(records)::BIGINT AS n FROM replays GROUP BY ALL) USING (commit_id, source)"
            + " WHERE starts_with(source, 'replay:') AND received <> coalesce(n, 0) ORDER BY 1");
    countRows("landed", "rows_events", "rows_dead_letters");
    countRows("duplicates", "rows_duplicates");
    countRows("conflicts", "rows_conflicts");
  }

  private void countRows(String term, String... tables) throws SQLException {
    StringBuilder rows = new StringBuilder();
    for (String table : tables) {
      rows.append(rows.isEmpty() ? "" : " UNION ALL ").append("SELECT commit_no, source FROM ");
      rows.append(table);
    }
    bench.find(
        Violation.COUNT_DIFFERS,
        ("SELECT format('{}, {}: %1$s {}, rows {}', commit_id, source, a, r) FROM"
                + " (SELECT commit_id, source, coalesce(a.n, 0) AS a, coalesce(r.n, 0) AS r"
                + " FROM (SELECT commit_id, source, %1$s AS n FROM accounts) a"
                + " FULL JOIN (SELECT c.commit_id, r.source, count(*) AS n FROM (%2$s) r"
                + " JOIN commits c USING (commit_no) GROUP BY 1, 2) r USING (commit_id, source))"
                + " WHERE a <> r ORDER BY 1")
            .formatted(term, rows));
  }
}
