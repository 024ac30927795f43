package dev.wadi.land.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wadi.event.ColumnType;
import dev.wadi.event.SetupException;
import dev.wadi.event.TransientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.QuoteMode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class TextFormatsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  private final Rows rows =
      new Rows(
          List.of(new Field("key", ColumnType.TEXT)), List.of(new Field("_doc", ColumnType.TEXT)));

  @Test
  void jsonLinesLeaveOutWhatIsNull() throws IOException {
    rows.set("key", ColumnType.TEXT, "a");
    rows.set("n", ColumnType.BIGINT, 1L);
    rows.endRow();
    rows.endRow();
    rows.set("_doc", ColumnType.TEXT, "{\"n\":1}");
    rows.endRow();

    assertThat(content(new JsonLinesFormat(Compression.NONE)))
        .isEqualTo("{\"key\":\"a\",\"n\":1}\n{}\n{\"_doc\":\"{\\\"n\\\":1}\"}\n");
  }

  @Test
  void csvHasTheColumnsOfItsRowsInTheOrderOfTheirNames() throws IOException {
    rows.set("z", ColumnType.BOOLEAN, false);
    rows.set("_doc", ColumnType.TEXT, "{}");
    rows.endRow();
    rows.set("a", ColumnType.TEXT, "");
    rows.endRow();

    assertThat(content(new CsvFormat(Compression.NONE)))
        .isEqualTo("key,a,z,_doc\n,,false,{}\n,\"\",,\n");
  }

  @Test
  void columnsMayHaveAnyName() throws IOException {
    rows.set("a\"b,c\n\\", ColumnType.BIGINT, 1L);
    rows.endRow();

    assertThat(content(new JsonLinesFormat(Compression.NONE)))
        .isEqualTo("{\"a\\\"b,c\\n\\\\\":1}\n");
    assertThat(content(new CsvFormat(Compression.NONE)))
        .isEqualTo("key,\"a\"\"b,c\n\\\",_doc\n,1,\n");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void keepWhateverWasSet(long seed) throws IOException {
    Random random = new Random(seed);
    List<List<String>> expected = new ArrayList<>();
    for (int n = 0; n < 2_000; n++) {
      String text = random.nextInt(4) == 0 ? null : text(random);
      Long whole = random.nextInt(4) == 0 ? null : random.nextLong() >> random.nextInt(64);
      Double decimal = random.nextInt(4) == 0 ? null : random.nextGaussian();
      Instant moment = random.nextInt(4) == 0 ? null : moment(random);
      rows.set("key", ColumnType.TEXT, text);
      rows.set("a", ColumnType.BIGINT, whole);
      rows.set("b", ColumnType.DOUBLE, decimal);
      rows.set("c", ColumnType.TIMESTAMP, moment);
      rows.endRow();
      expected.add(
          java.util.Arrays.asList(
              text,
              whole == null ? null : whole.toString(),
              decimal == null ? null : decimal.toString(),
              moment == null ? null : micros(moment)));
    }

    List<List<String>> lines = new ArrayList<>();
    for (String line : content(new JsonLinesFormat(Compression.NONE)).split("\n")) {
      JsonNode row = JSON.readTree(line);
      List<String> values = new ArrayList<>();
      for (String name : List.of("key", "a", "b", "c")) {
        values.add(row.has(name) ? row.get(name).asText() : null);
      }
      lines.add(values);
    }
    assertThat(lines).isEqualTo(expected);
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setNullString("")
            .setQuoteMode(QuoteMode.ALL_NON_NULL)
            .get();
    try (CSVParser csv = CSVParser.parse(content(new CsvFormat(Compression.NONE)), format)) {
      assertThat(csv.stream().map(record -> record.toList().subList(0, 4)).toList())
          .isEqualTo(expected);
    }
  }

  @Test
  void writeRowsOfManyChunksAndTextsLargerThanABlock() throws IOException {
    String large = "\"é\"".repeat(100_000);
    for (int n = 0; n < 50; n++) {
      rows.set("key", ColumnType.TEXT, n + large);
      rows.endRow();
    }

    String[] lines = content(new JsonLinesFormat(Compression.NONE)).split("\n");
    assertThat(lines).hasSize(50);
    for (int n = 0; n < lines.length; n++) {
      assertThat(JSON.readTree(lines[n]).get("key").asText()).isEqualTo(n + large);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "jsonl,zstd,jsonl.zst",
    "jsonl,gzip,jsonl.gz",
    "jsonl,none,jsonl",
    "csv,zstd,csv.zst",
    "csv,gzip,csv.gz",
    "csv,none,csv",
    "parquet,zstd,parquet",
    "parquet,gzip,parquet",
    "parquet,snappy,parquet",
    "parquet,none,parquet"
  })
  void areToldByTheEndOfTheName(String format, String compression, String extension) {
    try (FileFormat chosen = FormatChoice.of(format, compression).open()) {
      assertThat(chosen.extension()).isEqualTo(extension);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "avro,zstd,'there is no format ''avro'': choose parquet, jsonl or csv'",
    "csv,lz4,'there is no compression ''lz4'': choose one of zstd, gzip, snappy, none'",
    "jsonl,snappy,'jsonl can''t be compressed with snappy: choose zstd, gzip or none'"
  })
  void areRefusedInOneLineIfThereIsNone(String format, String compression, String message) {
    assertThatThrownBy(() -> FormatChoice.of(format, compression))
        .isInstanceOf(SetupException.class)
        .hasMessage(message);
  }

  @Test
  void areRefusedForEventsWhoseLinesNoReaderTakes() {
    FormatChoice.of("parquet", "zstd").forEventsOf(64 << 20);
    FormatChoice.of("csv", "zstd").forEventsOf(4 << 20);
    assertThatThrownBy(() -> FormatChoice.of("csv", "zstd").forEventsOf((4 << 20) + 1))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("choose the format parquet");
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd", "gzip", "none"})
  void sayHowLongTheFileIsAndItsHashWhichIsTheSameForTheSameRows(String compression)
      throws Exception {
    rows.set("key", ColumnType.TEXT, "x".repeat(1_000));
    rows.endRow();
    FileFormat format = FormatChoice.of("jsonl", compression).open();
    Path file = folder.resolve("file");
    FileStats stats = format.write(rows, file);

    byte[] content = Files.readAllBytes(file);
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    assertThat(stats).isEqualTo(new FileStats(file, 1, content.length, hash));
    assertThat(format.write(rows, folder.resolve("again")).sha256()).isEqualTo(hash);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd", "gzip", "none"})
  void sayWhatToDoWhenTheDiskIsFull(String compression) {
    Path full = Path.of("/dev/full");
    assumeThat(Files.exists(full)).as("a device that is always full").isTrue();
    rows.set("key", ColumnType.TEXT, "x");
    rows.endRow();

    assertThatThrownBy(() -> FormatChoice.of("csv", compression).open().write(rows, full))
        .isInstanceOf(TransientException.class)
        .hasMessage("no space left on /dev for full: free some or set --data");
  }

  private String content(FileFormat format) throws IOException {
    return Files.readString(format.write(rows, folder.resolve(format.extension())).file());
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(20); n > 0; n--) {
      text.appendCodePoint("\0\n\r\t\",;\\'aé名\u2028".charAt(random.nextInt(13)));
      if (random.nextInt(10) == 0) {
        text.append("😀");
      }
    }
    return text.toString();
  }

  private static Instant moment(Random random) {
    long first = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
    long last = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    return Instant.ofEpochSecond(random.nextLong(first, last), random.nextInt(1_000_000_000));
  }

  private static String micros(Instant moment) {
    return java.time.format.DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'")
        .withZone(java.time.ZoneOffset.UTC)
        .format(moment);
  }
}
