package dev.wadi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wadi.lake.LakeFixture;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.TimeZone;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class QueryCommandTest {

  @TempDir Path data;

  @BeforeEach
  void makeLake() {
    new LakeFixture(data)
        .commit(1)
        .event("a", "1", "change", "2026-11-01", ", NULL::BIGINT AS size")
        .event("b", "1", "build", "2026-11-01", ", 12345::BIGINT AS size")
        .write();
  }

  @Test
  void printsATableForPeople() {
    CommandRun run = query("SELECT event_type, size FROM events ORDER BY 1");
    assertThat(run)
        .isEqualTo(
            new CommandRun(
                0,
                """
                 event_type |  size
                ------------+-------
                 build      | 12345
                 change     |  NULL
                (2 rows)
                """,
                ""));
  }

  @Test
  void countsOneRowAsOne() {
    assertThat(query("SELECT 1 AS one").out()).endsWith("(1 row)\n");
    assertThat(query("SELECT 1 AS one WHERE false").out()).isEqualTo(" one\n-----\n(0 rows)\n");
  }

  @Test
  void cutsLongValuesInATableAndSaysSo() {
    CommandRun run = query("SELECT repeat('x', 100) AS long");
    assertThat(run.out())
        .contains(" " + "x".repeat(57) + "...\n")
        .endsWith("(1 row; long values are cut, --format json has them whole)\n");
  }

  @Test
  void letsNoValueSteerTheTerminal() {
    assertThat(query("SELECT 'a' || chr(27) || '[2J' || chr(10) || chr(9) AS evil").out())
        .contains("a\\x1b[2J\\n\\t")
        .doesNotContain("\u001b");
  }

  @Test
  void printsTheRowsBehindTheMeasuredOnesToo() {
    CommandRun run = query("SELECT i, repeat('x', i % 7) AS x FROM range(2500) t(i)");
    assertThat(run.out().lines()).hasSize(2503);
    assertThat(run.out()).endsWith("(2,500 rows)\n");
  }

  @Test
  void showsAPlanAsThePictureThatItIs() {
    assertThat(query("EXPLAIN SELECT 1").out()).contains("\n").doesNotContain("rows)");
  }

  @Test
  void writesCsvWithQuotesWhereTheyAreNeeded() {
    CommandRun run =
        query(
            "SELECT 'a,b' AS \"x,y\", 'say \"hi\"' AS q, '' AS empty, NULL AS nothing,"
                + " 'l1' || chr(10) || 'l2' AS lines, 'é' AS accent, [1, 2] AS list",
            "--format",
            "csv");
    assertThat(run.out())
        .isEqualTo(
            """
            "x,y",q,empty,nothing,lines,accent,list
            "a,b","say ""hi""\","",,"l1
            l2",é,"[1,2]"
            """);
  }

  @Test
  void writesJsonLinesWithProperTypes() throws Exception {
    TimeZone before = TimeZone.getDefault();
    // 02:30 does not exist there on that day
    TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
    try {
      CommandRun run =
          query(
              "SELECT 9007199254740993 AS big, sum(9223372036854775807) AS huge, 1.50 AS exact,"
                  + " 0.5::DOUBLE AS half, true AS yes, NULL AS nothing, 'é\"' AS text,"
                  + " TIMESTAMPTZ '2026-03-08 02:30:00.123456Z' AS instant,"
                  + " TIMESTAMP '2026-03-08 02:30:00' AS local, DATE '2026-03-08' AS day,"
                  + " TIME '10:00:00' AS time, [1, NULL] AS list, {'a': TIME '11:00'} AS struct,"
                  + " MAP {'k': 1} AS map, '{\"a\": [1]}'::JSON AS json, 'ab'::BLOB AS bytes,"
                  + " 'NaN'::DOUBLE AS nan, 1 AS twice, 2 AS twice",
              "--format",
              "json");
      assertThat(run.out()).endsWith("}\n");
      JsonNode row = new ObjectMapper().readTree(run.out());
      assertThat(row)
          .isEqualTo(
              new ObjectMapper()
                  .readTree(
                      """
                      {"big": 9007199254740993, "huge": 9223372036854775807, "exact": 1.50,
                       "half": 0.5, "yes": true, "nothing": null, "text": "é\\"",
                       "instant": "2026-03-08T02:30:00.123456Z", "local": "2026-03-08T02:30:00",
                       "day": "2026-03-08", "time": "10:00:00", "list": [1, null],
                       "struct": {"a": "11:00:00"}, "map": {"k": 1}, "json": {"a": [1]},
                       "bytes": "YWI=", "nan": "NaN", "twice": 1, "twice_1": 2}
                      """));
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void writesOneJsonObjectALine() {
    CommandRun run = query("SELECT i FROM range(3) t(i)", "--format", "json");
    assertThat(run.out()).isEqualTo("{\"i\":0}\n{\"i\":1}\n{\"i\":2}\n");
  }

  @Test
  void saysInOneLineWhatIsWrongWithTheSql() {
    CommandRun run = query("SELECT x FROM nowhere");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("wadi: SQL: Catalog Error: Table with name nowhere does not exist!");
    assertThat(run.err().lines()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5000, 5_000_000})
  void saysInOneLineWhatFailsHalfWay(int row) {
    CommandRun run =
        query(
            "SELECT CASE WHEN i >= "
                + row
                + " THEN error('half way') END FROM range(9999999) t(i)");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).isEqualTo("wadi: SQL: Invalid Input Error: half way\n");
  }

  @Test
  void saysThatThereIsNoDataFolder() {
    CommandRun run = CommandRun.of(QueryCommand::new, "SELECT 1", "--data", "no/such/folder");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "wadi: there is no data folder 'no/such/folder': start `wadi run`, or name another"
                + " with --data\n");
  }

  @Test
  void refusesAnUnknownFormat() {
    CommandRun run = query("SELECT 1", "--format", "xml");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("'xml' is none of [table, csv, json]");
  }

  @Test
  void asksForSql() {
    assertThat(CommandRun.of(QueryCommand::new).exitCode()).isEqualTo(2);
  }

  @Test
  void endsQuietlyWhenTheReaderHasEnough() {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    CommandRun run =
        CommandRun.of(QueryCommand::new, closed, "FROM range(1000000)", "--data", data.toString());
    assertThat(run).isEqualTo(new CommandRun(0, "", ""));
  }

  @Test
  void saysThatTheOutputFails() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    CommandRun run = CommandRun.of(QueryCommand::new, full, "SELECT 1", "--data", data.toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("No space left on device");
  }

  private CommandRun query(String sql, String... options) {
    String[] arguments = new String[options.length + 3];
    arguments[0] = sql;
    arguments[1] = "--data";
    arguments[2] = data.toString();
    System.arraycopy(options, 0, arguments, 3, options.length);
    return CommandRun.of(QueryCommand::new, arguments);
  }
}
