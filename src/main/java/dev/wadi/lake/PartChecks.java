package dev.wadi.lake;

import java.sql.SQLException;

/**
 * That every delivery, and every part of a line, is accounted for by one commit.
 *
 * <p>Only a source understands its lines' positions. Those of Kinesis are integers, of which each
 * may have another behind it, and files' are bytes: these can be ordered here. Of any others it is
 * only seen if two parts begin or end at the same one.
 */
final class PartChecks {

  /**
   * AWS's sequence numbers have at most 128 bits as of now, and 128 digits by their API's pattern.
   */
  private static final String ORDER =
      "CREATE MACRO position_order(p) AS CASE"
          + " WHEN regexp_full_match(p, '[0-9]{1,130}([^0-9][0-9]{1,20})?')"
          + " THEN lpad(regexp_extract(p, '^[0-9]+'), 130, '0')"
          + " || lpad(regexp_extract(p, '[^0-9]([0-9]+)$', 1), 20, '0') END";

  /** A part with its line's greatest end among those that begin before it. */
  private static final String BESIDE =
      "WITH ordered AS (SELECT *, position_order(after_position) AS begins,"
          + " position_order(to_position) AS ends FROM parts JOIN commits USING (commit_id)),"
          + " known AS (FROM ordered WHERE ends IS NOT NULL"
          + " AND (after_position IS NULL OR begins IS NOT NULL)),"
          + " beside AS (SELECT *, max({'ends': ends, 'position': to_position,"
          + " 'name': name}) OVER (PARTITION BY source, line"
          + " ORDER BY begins NULLS FIRST, ends, commit_id"
          + " ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS prior FROM known)"
          + " SELECT format('{} {} after {} up to {} in {}, up to {} in {}', source, line,"
          + " coalesce(after_position, 'its start'), to_position, name,"
          + " prior.position, prior.name) FROM beside WHERE prior IS NOT NULL AND ";

  private final Workbench bench;

  PartChecks(Workbench bench) {
    this.bench = bench;
  }

  void run() throws SQLException {
    bench.execute(ORDER);
    bench.find(
        Violation.DELIVERED_TWICE,
        "SELECT format('{} {} in {}', source, delivery, "
            + Workbench.NAMES
            + ")"
            + " FROM deliveries JOIN commits USING (commit_id)"
            + " GROUP BY source, delivery HAVING count(*) > 1 ORDER BY 1");
    bench.find(
        Violation.PART_TWICE,
        BESIDE + "(begins IS NULL OR begins < prior.ends) ORDER BY source, line, ends");
    bench.note(Note.LINE_GAP, BESIDE + "begins > prior.ends ORDER BY source, line, ends");
    findSame("after_position", "after");
    findSame("to_position", "up to");
  }

  /** Parts that can't be ordered. */
  private void findSame(String end, String words) throws SQLException {
    bench.find(
        Violation.PART_TWICE,
        ("SELECT format('{} {} %2$s {} in {}', source, line, coalesce(%1$s, 'its start'), %3$s)"
                + " FROM parts JOIN commits USING (commit_id)"
                + " WHERE position_order(to_position) IS NULL"
                + " GROUP BY source, line, %1$s HAVING count(*) > 1 ORDER BY 1")
            .formatted(end, words, Workbench.NAMES));
  }
}
