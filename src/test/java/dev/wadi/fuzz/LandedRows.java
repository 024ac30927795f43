package dev.wadi.fuzz;

import dev.wadi.lake.LakeFolder;
import dev.wadi.lake.Tables;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/** What a lake has of the inputs of a file, in the order of the file, whatever became of them. */
public final class LandedRows implements AutoCloseable {

  private static final String CORE =
      "event_key, event_id, event_type, event_subtype, event_source, event_time::VARCHAR,"
          + " payload_hash";

  private static final String SQL =
      ("WITH every AS (SELECT 'landed' AS outcome, source_position AS place, %1$s,"
              + " NULL AS landed_hash, _doc, NULL AS object FROM events"
              + " UNION ALL SELECT 'duplicate', source_position, %1$s, NULL, _doc, NULL"
              + " FROM duplicates"
              + " UNION ALL SELECT 'conflict', source_position, %1$s, landed_payload_hash, _doc,"
              + " NULL FROM conflicts"
              + " UNION ALL SELECT 'rejected', source || ' ' || position, dead_letter_id, reason,"
              + " stage, rule, shape, message, NULL, NULL, bytes_base64, bytes_object"
              + " FROM dead_letters)"
              + " SELECT split_part(place, '@', -1)::BIGINT, outcome, * EXCLUDE (outcome, place)"
              + " FROM every WHERE starts_with(place, ?) ORDER BY 1")
          .formatted(CORE);

  /**
   * One row.
   *
   * @param offset where its input begins
   * @param values the core columns; of a dead letter its id, reason, stage, rule, shape and message
   * @param bytes the original bytes, as the lake gives them back
   */
  public record Row(long offset, String outcome, List<String> values, byte[] bytes) {

    /** Why it was rejected; null if it was not. */
    public String reason() {
      return outcome.equals("rejected") ? values.get(1) : null;
    }

    boolean isLike(Row other) {
      return offset == other.offset
          && outcome.equals(other.outcome)
          && values.equals(other.values)
          && Arrays.equals(bytes, other.bytes);
    }
  }

  private final LakeFolder lake;
  private final Tables tables;
  private final ResultSet rows;

  /**
   * @param data the data folder
   * @param file what the positions of the inputs begin with, before the {@code @}
   */
  public LandedRows(Path data, String file) {
    this.lake = LakeFolder.of(data);
    this.tables = Tables.open(lake, SQL);
    this.rows = tables.query("file " + file + "@");
  }

  /** The next row, or null behind the last. */
  public Row next() throws SQLException {
    if (!rows.next()) {
      return null;
    }
    String outcome = rows.getString(2);
    String[] values = new String[8];
    for (int n = 0; n < values.length; n++) {
      values[n] = Objects.toString(rows.getString(n + 3), "null");
    }
    String doc = rows.getString(11);
    byte[] bytes;
    if (!outcome.equals("rejected")) {
      bytes = doc.getBytes(StandardCharsets.UTF_8);
    } else {
      bytes = doc == null ? lake.read(rows.getString(12)) : Base64.getDecoder().decode(doc);
    }
    return new Row(rows.getLong(1), outcome, List.of(values), bytes);
  }

  @Override
  public void close() throws SQLException {
    rows.close();
    tables.close();
  }
}
