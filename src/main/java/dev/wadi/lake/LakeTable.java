package dev.wadi.lake;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The tables of the lake, each a folder of files. */
public enum LakeTable {
  EVENTS("event_date", Core.COLUMNS + ", _doc VARCHAR"),
  DUPLICATES("received_date", Core.COLUMNS + ", _doc VARCHAR"),
  CONFLICTS("received_date", Core.COLUMNS + ", landed_payload_hash VARCHAR, _doc VARCHAR"),
  DEAD_LETTERS(
      "received_date",
      "dead_letter_id VARCHAR, reason VARCHAR, rule VARCHAR, message VARCHAR, stage VARCHAR,"
          + " shape VARCHAR, source VARCHAR, position VARCHAR, attempts BIGINT,"
          + " first_seen TIMESTAMPTZ, bytes_base64 VARCHAR, bytes_object VARCHAR,"
          + " event_key VARCHAR, ingested_at TIMESTAMPTZ, commit_id VARCHAR,"
          + " source_position VARCHAR");

  private final String dateColumn;
  private final String columns;

  LakeTable(String dateColumn, String columns) {
    this.dateColumn = dateColumn;
    this.columns = columns;
  }

  /** Its name in SQL. */
  public String sqlName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The folders of the lake that its files are in: one, or one of a few as configured. */
  List<String> folders() {
    return this == DUPLICATES ? List.of(sqlName(), "duplicated") : List.of(sqlName());
  }

  /** The date that its files are partitioned by. */
  String dateColumn() {
    return dateColumn;
  }

  /** The SQL types of the columns that its files always have, by name, in the files' order. */
  Map<String, String> columnTypes() {
    Map<String, String> types = new LinkedHashMap<>();
    Arrays.stream(columns.split(", *"))
        .map(column -> column.split(" "))
        .forEach(column -> types.put(column[0], column[1]));
    return types;
  }

  private static final class Core {
    static final String COLUMNS =
        "event_key VARCHAR, event_id VARCHAR, event_type VARCHAR, event_subtype VARCHAR,"
            + " event_source VARCHAR, event_time TIMESTAMPTZ, payload_hash VARCHAR,"
            + " ingested_at TIMESTAMPTZ, commit_id VARCHAR, source_position VARCHAR";
  }
}
