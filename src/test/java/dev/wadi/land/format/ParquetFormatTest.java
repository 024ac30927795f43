package dev.wadi.land.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.wadi.event.ColumnType;
import dev.wadi.event.TransientException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class ParquetFormatTest {

  private static final ParquetFormat FORMAT = new ParquetFormat();

  @TempDir private Path folder;

  private final Rows rows = new Rows(List.of(), List.of());

  @AfterAll
  static void leavesNoMemoryBehind() {
    assertThat(FORMAT.allocated()).isZero();
    FORMAT.close();
  }

  @Test
  void keepsTypesAndTheOrderOfColumns() {
    rows.set("z", ColumnType.TEXT, "text");
    rows.set("n", ColumnType.BIGINT, Long.MIN_VALUE);
    rows.set("d", ColumnType.DOUBLE, -0.5);
    rows.set("flag", ColumnType.BOOLEAN, false);
    rows.set("a", ColumnType.TIMESTAMP, Instant.parse("2026-11-21T12:00:00.123456789Z"));
    rows.endRow();
    Path file = written();

    assertThat(Read.schema(file))
        .containsExactly(
            entry("z", "VARCHAR"),
            entry("n", "BIGINT"),
            entry("d", "DOUBLE"),
            entry("flag", "BOOLEAN"),
            entry("a", "TIMESTAMP WITH TIME ZONE"));
    assertThat(Read.rows(file))
        .containsExactly(
            row(
                "z",
                "text",
                "n",
                Long.MIN_VALUE,
                "d",
                -0.5,
                "flag",
                false,
                "a",
                OffsetDateTime.parse("2026-11-21T12:00:00.123456Z")));
    assertThat(Read.query("SELECT DISTINCT compression FROM parquet_metadata('" + file + "')"))
        .containsExactly(row("compression", "ZSTD"));
    assertThat(
            Read.query("SELECT logical_type FROM parquet_schema('" + file + "') WHERE name = 'a'"))
        .extracting(Object::toString)
        .allMatch(type -> type.contains("isAdjustedToUTC=1") && type.contains("MICROS"));
  }

  @Test
  void fillsColumnsThatComeLateWithNulls() {
    for (int n = 0; n < 20; n++) {
      rows.set("n", ColumnType.BIGINT, (long) n);
      if (n == 17) {
        rows.set("late", ColumnType.TEXT, "here");
        rows.set("flag", ColumnType.BOOLEAN, true);
      }
      rows.endRow();
    }
    List<Map<String, Object>> read = Read.rows(written());

    assertThat(read).hasSize(20);
    for (int n = 0; n < 20; n++) {
      boolean there = n == 17;
      assertThat(read.get(n))
          .isEqualTo(
              row("n", (long) n, "late", there ? "here" : null, "flag", there ? true : null));
    }
  }

  @Test
  void keepsColumnsThatAreNullThroughout() {
    Rows declared = new Rows(List.of(new Field("subtype", ColumnType.TEXT)), List.of());
    declared.set("n", ColumnType.BIGINT, 1L);
    declared.endRow();
    declared.endRow();

    assertThat(Read.rows(written(declared)))
        .containsExactly(row("subtype", null, "n", 1L), row("subtype", null, "n", null));
  }

  @Test
  void keepsEveryCharacter() {
    List<String> texts =
        List.of(
            "",
            "\0",
            "a\0b",
            "\0\0",
            "'; DROP TABLE x; --",
            "../../etc/passwd",
            "\"",
            "\\",
            "\n\r\t",
            "größe",
            "名前",
            "😀",
            "\uffff",
            "x".repeat(100_000),
            "😀".repeat(5_000));
    texts.forEach(
        text -> {
          rows.set("v", ColumnType.TEXT, text);
          rows.set("_doc", ColumnType.TEXT, text.getBytes(StandardCharsets.UTF_8));
          rows.endRow();
        });

    assertThat(Read.rows(written()))
        .isEqualTo(texts.stream().map(text -> row("v", text, "_doc", text)).toList());
  }

  @Test
  void replacesWhatIsNoUnicode() {
    rows.set("v", ColumnType.TEXT, "a\ud800b\udc00");
    rows.set(
        "_doc",
        ColumnType.TEXT,
        new byte[] {'1', '2', '3', '4', '5', '6', '7', 'a', (byte) 0xff, 'b'});
    rows.endRow();
    rows.set("_doc", ColumnType.TEXT, new byte[] {'a', (byte) 0xc0});
    rows.endRow();

    assertThat(Read.rows(written()))
        .containsExactly(
            row("v", "a?b?", "_doc", "1234567a\ufffdb"), row("v", null, "_doc", "a\ufffd"));
  }

  @Test
  void keepsTimesThatReadersCanShowAndNoOthers() {
    for (String time :
        List.of(
            "0001-01-01T00:00:00Z",
            "1969-12-31T23:59:59.999999Z",
            "9999-12-31T23:59:59.999999Z",
            "+10000-01-01T00:00:00Z",
            "0000-12-31T23:59:59Z")) {
      rows.set("at", ColumnType.TIMESTAMP, Instant.parse(time));
      rows.endRow();
    }
    rows.set("at", ColumnType.TIMESTAMP, Instant.MAX);
    rows.endRow();

    assertThat(Read.rows(written()))
        .extracting(row -> row.get("at"))
        .containsExactly(
            OffsetDateTime.parse("0001-01-01T00:00Z"),
            OffsetDateTime.parse("1969-12-31T23:59:59.999999Z"),
            OffsetDateTime.parse("9999-12-31T23:59:59.999999Z"),
            null,
            null,
            null);
  }

  @Test
  void widensWholeNumbersOverAllChunks() {
    int count = Rows.CHUNK_ROWS + 10;
    for (int n = 0; n < count; n++) {
      rows.set("n", ColumnType.BIGINT, n == count - 1 ? (Object) 0.5 : (Object) (long) n);
      if (n > Rows.CHUNK_ROWS) {
        rows.set("late", n % 2 == 0 ? ColumnType.BIGINT : ColumnType.DOUBLE, (long) n);
      }
      rows.endRow();
    }
    Path file = written();

    assertThat(Read.schema(file)).containsExactly(entry("n", "DOUBLE"), entry("late", "DOUBLE"));
    assertThat(
            Read.query(
                "SELECT count(*) AS rows, sum(n) AS total, count(late) AS late, max(late) AS last FROM "
                    + Read.parquet(file)))
        .containsExactly(
            row(
                "rows",
                (long) count,
                "total",
                (count - 2L) * (count - 1L) / 2 + 0.5,
                "late",
                9L,
                "last",
                count - 1.0));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void readsBackWhateverWasSet(long seed) {
    Random random = new Random(seed);
    List<Map<String, Object>> expected = new ArrayList<>();
    int columns = 1 + random.nextInt(40);
    for (int n = 0; n < 3_000; n++) {
      Map<String, Object> row = new LinkedHashMap<>();
      for (int column = 0; column < columns; column++) {
        Object value = random.nextInt(4) == 0 ? null : value(random, column);
        row.put("c" + column, value);
        rows.set("c" + column, ColumnType.values()[column % 5], value);
      }
      rows.endRow();
      expected.add(row);
    }

    List<Map<String, Object>> read = Read.rows(written());
    assertThat(read).hasSameSizeAs(expected);
    for (int n = 0; n < read.size(); n++) {
      Map<String, Object> row = read.get(n);
      row.replaceAll((name, value) -> value instanceof OffsetDateTime at ? at.toInstant() : value);
      assertThat(row).isEqualTo(expected.get(n));
    }
  }

  @Test
  void takesAnyColumnNameAndPath() throws Exception {
    rows.set("'; DROP TABLE x; --", ColumnType.TEXT, "a");
    rows.set("a\"b", ColumnType.TEXT, "b");
    rows.set("select", ColumnType.TEXT, "c");
    rows.endRow();
    Path odd =
        Files.createDirectories(folder.resolve("it's %41 {uuid} *")).resolve("x';--.parquet");
    FORMAT.write(rows, odd);

    assertThat(odd).isRegularFile();
    Path plain = Files.copy(odd, folder.resolve("plain.parquet"));
    assertThat(Read.rows(plain))
        .containsExactly(row("'; DROP TABLE x; --", "a", "a\"b", "b", "select", "c"));
  }

  @Test
  void saysHowLongTheFileIsAndItsHash() throws Exception {
    rows.set("v", ColumnType.TEXT, "x".repeat(1_000));
    rows.endRow();
    Path file = folder.resolve("file.parquet");
    FileStats stats = FORMAT.write(rows, file);

    byte[] content = Files.readAllBytes(file);
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    assertThat(stats).isEqualTo(new FileStats(file, 1, content.length, hash));
    assertThat(FORMAT.extension()).isEqualTo("parquet");
  }

  @Test
  void writesTheSameBytesForTheSameRows() {
    for (int n = 0; n < 100; n++) {
      rows.set("v", ColumnType.TEXT, "value " + n % 7);
      rows.endRow();
    }

    assertThat(FORMAT.write(rows, folder.resolve("a")).sha256())
        .isEqualTo(FORMAT.write(rows, folder.resolve("b")).sha256());
  }

  @Test
  void namesTheFileThatItCannotWrite() {
    rows.set("v", ColumnType.TEXT, "x");
    rows.endRow();
    Path file = folder.resolve("no such folder").resolve("file.parquet");

    assertThatThrownBy(() -> FORMAT.write(rows, file))
        .isInstanceOf(TransientException.class)
        .hasMessageContaining(file.toString())
        .hasMessageNotContaining("\n");
  }

  @Test
  void saysWhatToDoWhenTheDiskIsFull() {
    Path full = Path.of("/dev/full");
    assumeThat(Files.exists(full)).as("a device that is always full").isTrue();
    rows.set("v", ColumnType.TEXT, "x");
    rows.endRow();

    assertThatThrownBy(() -> FORMAT.write(rows, full))
        .isInstanceOf(TransientException.class)
        .hasMessage("no space left on /dev for full: free some or set --data");
  }

  private static Object value(Random random, int column) {
    return switch (ColumnType.values()[column % 5]) {
      case TEXT -> "\0é名😀".repeat(random.nextInt(4)) + random.nextInt(1_000);
      case BIGINT -> random.nextLong();
      case DOUBLE -> random.nextGaussian();
      case BOOLEAN -> random.nextBoolean();
      case TIMESTAMP -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000) * 1_000L);
    };
  }

  private Path written() {
    return written(rows);
  }

  private Path written(Rows given) {
    return FORMAT.write(given, folder.resolve("file.parquet")).file();
  }

  private static Map<String, Object> row(Object... namesAndValues) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (int at = 0; at < namesAndValues.length; at += 2) {
      row.put((String) namesAndValues[at], namesAndValues[at + 1]);
    }
    return row;
  }
}
