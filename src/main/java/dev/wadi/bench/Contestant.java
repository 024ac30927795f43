package dev.wadi.bench;

/** Who is measured. */
public enum Contestant {
  /** {@code wadi ingest}, with all that it promises. */
  INGEST("ingest"),
  /** DuckDB's bare run, with as much memory as it likes. */
  BARE("duckdb bare"),
  /** The same, held to {@link BareDuckdb#HELD}. */
  BARE_HELD("duckdb bare, " + BareDuckdb.HELD);

  private final String title;

  Contestant(String title) {
    this.title = title;
  }

  /** As the table names it. */
  public String title() {
    return title;
  }
}
