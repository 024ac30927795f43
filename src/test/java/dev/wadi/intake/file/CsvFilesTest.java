package dev.wadi.intake.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wadi.event.SetupException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class CsvFilesTest {

  private static final Limits SMALL = new Limits(5, 60);
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void aRowIsAnObjectOfItsCellsAsTextByColumn() throws Exception {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      RandomCsv csv = RandomCsv.of(random);

      List<String> records = Records.of(csv.content(), new Limits(1 + random.nextInt(99), 1 << 20));

      assertThat(records).as("seed " + seed).hasSameSizeAs(csv.rows());
      for (int n = 0; n < records.size(); n++) {
        String[] parts = records.get(n).split(" ", 2);
        assertThat(parts[0]).isEqualTo("-@" + csv.offsets().get(n));
        byte[] bytes = parts[1].getBytes(StandardCharsets.ISO_8859_1);
        assertThat(JSON.readTree(bytes)).as("seed " + seed).isEqualTo(csv.rows().get(n));
      }
    }
  }

  @Test
  void anEmptyCellIsLeftOutUnlessItIsInQuotes() {
    assertThat(read("a,b\n,\"\"\n,\n")).containsExactly("-@4 {\"b\":\"\"}", "-@8 {}");
  }

  @Test
  void aRowThatDoesNotFitTheHeaderIsBrokenAndNamesItsLine() {
    assertThat(read("a,b\n1,2\n\n1\n\"x\ny\",2,3\n5,6\n"))
        .containsExactly(
            "-@4 {\"a\":\"1\",\"b\":\"2\"}",
            "-@9 1 (csv_columns, null, line 4 has 1 cells, the header has 2 columns)",
            "-@11 \"x\ny\",2,3 (csv_columns, null, line 5 has 3 cells, the header has 2 columns)",
            "-@21 {\"a\":\"5\",\"b\":\"6\"}");
  }

  @Test
  void quotesThatDoNotMatchAreToldAndTheNextRowIsRead() {
    assertThat(read("a,b\n\"1\"x,2\n3\"4,5\n6,7\n8,\"9\n"))
        .containsExactly(
            "-@4 \"1\"x,2 (csv_quotes, null, line 2: text stands behind the closing quote of a"
                + " cell)",
            "-@11 {\"a\":\"3\\\"4\",\"b\":\"5\"}",
            "-@17 {\"a\":\"6\",\"b\":\"7\"}",
            "-@21 8,\"9\n (csv_quotes, null, a quote that is opened in the row of line 5 isn't"
                + " closed at byte 26; all from byte 21 on is taken as one record)");
  }

  @Test
  void aRowAboveTheLimitIsBrokenAndItsNeighboursAreNot() {
    String large = "\"" + "x\n".repeat(40) + "\",2";
    assertThat(read("a,b\n1,2\n" + large + "\n3,4\n5\n"))
        .containsExactly(
            "-@4 {\"a\":\"1\",\"b\":\"2\"}",
            "-@8 "
                + large.substring(0, 60)
                + " (too_large, bytes, the record has 84 bytes; at most 60 are taken, and the first"
                + " 60 are kept here)",
            "-@93 {\"a\":\"3\",\"b\":\"4\"}",
            "-@97 5 (csv_columns, null, line 45 has 1 cells, the header has 2 columns)");
  }

  @Test
  void aFileWithAHeaderAloneHasNoRecords() {
    assertThat(read("a,b")).isEmpty();
    assertThat(read("\r\na,b\r\n")).isEmpty();
  }

  @Test
  void aHeaderThatNamesNoColumnsWellIsASetUpError() {
    assertThatThrownBy(() -> forced("a,b,a\n1,2,3\n"))
        .isInstanceOf(SetupException.class)
        .hasMessage("-: two columns have the name \"a\"; rename one of them");
    assertThatThrownBy(() -> forced("a,,c\n1,2,3\n"))
        .isInstanceOf(SetupException.class)
        .hasMessage("-: column 2 has no name in the first row; give it one");
    assertThatThrownBy(() -> forced("a,\"b\n1,2,3\n"))
        .isInstanceOf(SetupException.class)
        .hasMessage("-: the quotes in its first row don't match");
    assertThatThrownBy(() -> forced("a;b;c\n1;2;3\n"))
        .isInstanceOf(SetupException.class)
        .hasMessage("-: its columns are not separated by commas; convert it");
    assertThatThrownBy(() -> forced("a," + "b".repeat(70_000) + ",c\n"))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("is longer than 65536 bytes");
  }

  private static List<String> forced(String content) {
    Input input = Input.standardInput(new java.io.ByteArrayInputStream(content.getBytes(UTF_8)));
    try (FileSource source = FileSource.open(List.of(input), Format.CSV, Resume.NOTHING, SMALL)) {
      return Records.of(source);
    }
  }

  private static List<String> read(String content) {
    return Records.of(content.getBytes(UTF_8), SMALL);
  }
}
