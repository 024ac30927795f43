package dev.wadi.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.SetupException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class BareDuckdbTest {

  @TempDir private Path folder;

  @Test
  void landsEveryEventWithItsColumnsAndDocumentInItsPartition() throws Exception {
    Path file = folder.resolve("events.jsonl");
    new Workload(3_000, 1, 5, 0, 0).write(file);
    Path out = folder.resolve("o'ut");
    assertThat(BareDuckdb.run(file, out, null).events()).isEqualTo(3_000);
    assertThat(
            ask(
                "SELECT count(*) FROM read_parquet('"
                    + out.toString().replace("'", "''")
                    + "/*/*/*.parquet', hive_partitioning=true, union_by_name=true)"
                    + " WHERE context_id = _doc::JSON->>'$.context.id'"
                    + " AND context_type LIKE 'dev.cdevents.' || event_type || '.%'"
                    + " AND context_timestamp LIKE event_date || 'T%'"))
        .isEqualTo("3000");
    assertThat(Written.in(out).docBytes()).isPositive().isLessThan(Written.in(out).bytes());
  }

  @Test
  void saysInOneLineThatItsMemoryDoesNotDo() throws Exception {
    Path file = folder.resolve("events.jsonl");
    new Workload(3_000, 1, 5, 0, 0).write(file);
    assertThatThrownBy(() -> BareDuckdb.run(file, folder.resolve("out"), "2MB"))
        .isInstanceOf(SetupException.class)
        .hasMessageStartingWith("Out of Memory")
        .hasMessageNotContaining("\n");
  }

  @Test
  void keepsArraysAndWhatHasNoTypeAsJson() {
    BareColumns columns =
        BareColumns.of("{\"a\":{\"b c\":\"VARCHAR\",\"d\":[\"UBIGINT\"]},\"e\":{},\"f\":\"NULL\"}");
    assertThat(columns.structure())
        .isEqualTo("{\"a\":{\"b c\":\"VARCHAR\",\"d\":\"JSON\"},\"e\":\"JSON\",\"f\":\"JSON\"}");
    assertThat(columns.columns())
        .containsExactly(
            "e.\"a\".\"b c\" AS \"a_b c\"",
            "e.\"a\".\"d\"::VARCHAR AS \"a_d\"",
            "e.\"e\"::VARCHAR AS \"e\"",
            "e.\"f\"::VARCHAR AS \"f\"");
  }

  @Test
  void theSameWorkloadIsTheSameBytes() throws Exception {
    Path one = folder.resolve("one");
    Path other = folder.resolve("other");
    new Workload(500, 3, 9, 0.1, 0.1).write(one);
    new Workload(500, 3, 9, 0.1, 0.1).write(other);
    assertThat(Files.readAllLines(one)).hasSize(500);
    assertThat(one).hasSameBinaryContentAs(other);
  }

  private static String ask(String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
