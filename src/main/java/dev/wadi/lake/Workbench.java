package dev.wadi.lake;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * The tables that a check works with: what manifests claim, what lies in the lake, and what rows
 * say. In memory up to a limit, then in the temporary folder.
 */
final class Workbench implements AutoCloseable {

  /** The commits of a group, with their writers. */
  static final String NAMES = "string_agg(DISTINCT name, ' and ' ORDER BY name)";

  /** The commit is the row's own, also where a compaction has moved the row. */
  private static final String ROWS_OF =
      "rows_%s(file_no INTEGER, source VARCHAR, commit_no INTEGER, own BOOLEAN, key UHUGEINT";

  private static final String[] TABLES = {
    // late: what it builds on may be missing here
    "commits(commit_no INTEGER, commit_id VARCHAR, writer VARCHAR, late BOOLEAN,"
        + " name VARCHAR GENERATED ALWAYS AS (commit_id || ' by ' || writer) VIRTUAL)",
    // path is what DuckDB calls the file of a row
    "files(file_no INTEGER, commit_id VARCHAR, tbl VARCHAR, object VARCHAR, path VARCHAR,"
        + " row_count BIGINT, bytes BIGINT, sha256 VARCHAR)",
    "replaced(commit_id VARCHAR, object VARCHAR)",
    "accounts(commit_id VARCHAR, source VARCHAR, received BIGINT, landed BIGINT,"
        + " duplicates BIGINT, conflicts BIGINT, rejected BIGINT, filtered BIGINT,"
        + " redelivered BIGINT, filtered_for_reasons BIGINT)",
    "deliveries(commit_id VARCHAR, source VARCHAR, delivery VARCHAR)",
    "parts(commit_id VARCHAR, source VARCHAR, line VARCHAR, after_position VARCHAR,"
        + " to_position VARCHAR)",
    "rejected(commit_id VARCHAR, dead_letter_id VARCHAR)",
    "replays(commit_id VARCHAR, source VARCHAR, dead_letter_id VARCHAR, outcome VARCHAR,"
        + " records BIGINT)",
    "objects(object VARCHAR, bytes BIGINT)",
    "unfinished(object VARCHAR)",
    "readable(file_no INTEGER)",
    ROWS_OF.formatted("events") + ", hash UBIGINT)",
    ROWS_OF.formatted("duplicates") + ", hash UBIGINT)",
    ROWS_OF.formatted("conflicts") + ", hash UBIGINT, landed_hash UBIGINT)",
    ROWS_OF.formatted("dead_letters") + ", letter UHUGEINT, bytes_object VARCHAR)",
  };

  private final Engine engine;
  private final Findings<Violation> findings = new Findings<>();
  private final Findings<Note> notes = new Findings<>();

  private Workbench(Engine engine) {
    this.engine = engine;
  }

  static Workbench open() throws SQLException {
    Workbench bench = new Workbench(Engine.open(false));
    bench.execute("SET memory_limit = '1GB'");
    for (String table : TABLES) {
      bench.execute("CREATE TABLE " + table);
    }
    bench.execute("CREATE MACRO hex_key(k) AS coalesce(lower(lpad(hex(k), 32, '0')), 'none')");
    bench.execute("CREATE MACRO hex_hash(h) AS coalesce(lower(lpad(hex(h), 16, '0')), 'none')");
    return bench;
  }

  Findings<Violation> findings() {
    return findings;
  }

  Findings<Note> notes() {
    return notes;
  }

  void execute(String sql) throws SQLException {
    engine.execute(sql);
  }

  /** Fills a table; closing the appender completes it. */
  DuckDBAppender append(String table) throws SQLException {
    DuckDBConnection connection = engine.connection().unwrap(DuckDBConnection.class);
    return connection.createAppender("main", table);
  }

  /** Notes each row of a query, whose only column tells what was found. */
  void find(Violation violation, String sql) throws SQLException {
    each(sql, row -> findings.add(violation, row.getString(1)));
  }

  /** The same for what breaks no promise. */
  void note(Note note, String sql) throws SQLException {
    each(sql, row -> notes.add(note, row.getString(1)));
  }

  /** The one number that a query gives. */
  long number(String sql) throws SQLException {
    long[] number = {0};
    each(sql, row -> number[0] = row.getLong(1));
    return number[0];
  }

  /** Goes through the rows of a query as they come. */
  void each(String sql, RowReader reader) throws SQLException {
    Connection connection = engine.connection();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        reader.read(rows);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    engine.close();
  }

  /** Reads the row that a result stands at. */
  interface RowReader {
    void read(ResultSet row) throws SQLException;
  }
}
