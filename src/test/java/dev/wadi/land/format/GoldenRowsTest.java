package dev.wadi.land.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.ZstdInputStream;
import dev.wadi.event.ColumnType;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.QuoteMode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The golden case {@code rows-every-type}: rows of every type and of all that can go wrong with
 * text, in every format, and what readers that share nothing with Wadi's make of the files. {@code
 * -Dgolden.write=true} writes the text files that are expected anew, for the change to be reviewed.
 */
@Tag("unit")
class GoldenRowsTest {

  private static final Path CASE = Path.of("src/test/resources/golden/rows-every-type");
  private static final boolean WRITE = Boolean.getBoolean("golden.write");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, ColumnType> types = new LinkedHashMap<>();
  private final List<Map<String, Object>> expected = new ArrayList<>();

  @TempDir private Path folder;

  GoldenRowsTest() throws IOException {
    for (JsonNode column : JSON.readTree(CASE.resolve("columns.json").toFile())) {
      types.put(column.get("name").asText(), ColumnType.valueOf(column.get("type").asText()));
    }
    for (String line : Files.readAllLines(CASE.resolve("rows.ndjson"))) {
      JsonNode row = JSON.readTree(line);
      Map<String, Object> values = new TreeMap<>();
      types.forEach((name, type) -> values.put(name, value(type, row.get(name))));
      expected.add(values);
    }
    assertThat(expected).hasSizeGreaterThan(20);
  }

  static Stream<FormatChoice> choices() {
    return Stream.of(FormatChoice.Kind.values())
        .flatMap(
            kind ->
                Stream.of(Compression.values())
                    .filter(
                        compression ->
                            kind == FormatChoice.Kind.PARQUET || compression != Compression.SNAPPY)
                    .map(compression -> new FormatChoice(kind, compression)));
  }

  @ParameterizedTest
  @MethodSource("choices")
  void areReadByDuckDbAsTheyWereWritten(FormatChoice choice) {
    Path file = written(choice);
    String scan =
        switch (choice.kind()) {
          case PARQUET -> "read_parquet('" + file + "')";
          case JSONL ->
              "read_json('%s', format = 'newline_delimited', columns = {%s})"
                  .formatted(file, sqlColumns(List.copyOf(types.keySet())));
          case CSV ->
              "read_csv('%s', header = true, nullstr = '', allow_quoted_nulls = false, columns = {%s})"
                  .formatted(
                      file,
                      sqlColumns(
                          List.of(
                              "event_key", "decimal", "flag", "moment", "text", "whole", "_doc")));
        };

    assertThat(Read.query("FROM " + scan).stream().map(GoldenRowsTest::plain).toList())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(names = "SNAPPY", mode = EnumSource.Mode.EXCLUDE)
  void areReadByJacksonAsTheyWereWritten(Compression compression) throws IOException {
    Path file = written(new FormatChoice(FormatChoice.Kind.JSONL, compression));
    List<Map<String, Object>> read = new ArrayList<>();
    try (InputStream text = open(file)) {
      // split by line feeds first: no value may hold one
      for (String line : new String(text.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        JsonNode row = JSON.readTree(line);
        Map<String, Object> values = new TreeMap<>();
        types.forEach((name, type) -> values.put(name, value(type, row.get(name))));
        assertThat(types.keySet())
            .containsAll(row.properties().stream().map(Map.Entry::getKey).toList());
        read.add(values);
      }
    }

    assertThat(read).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(names = "SNAPPY", mode = EnumSource.Mode.EXCLUDE)
  void areReadByCommonsCsvAsTheyWereWritten(Compression compression) throws IOException {
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setNullString("")
            .setQuoteMode(QuoteMode.ALL_NON_NULL)
            .get();
    List<Map<String, Object>> read = new ArrayList<>();
    Path file = written(new FormatChoice(FormatChoice.Kind.CSV, compression));
    try (Reader text = new InputStreamReader(open(file), StandardCharsets.UTF_8);
        CSVParser records = format.parse(text)) {
      for (CSVRecord record : records) {
        Map<String, Object> values = new TreeMap<>();
        types.forEach((name, type) -> values.put(name, value(type, record.get(name))));
        read.add(values);
      }
    }

    assertThat(read).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(names = "PARQUET", mode = EnumSource.Mode.EXCLUDE)
  void areTheBytesThatWereReviewed(FormatChoice.Kind kind) throws IOException {
    Path file = written(new FormatChoice(kind, Compression.NONE));
    Path golden = CASE.resolve("rows." + kind.name().toLowerCase(java.util.Locale.ROOT));
    if (WRITE) {
      assertThat(System.getenv("CI")).as("golden.write in a CI build").isNull();
      Files.write(golden, Files.readAllBytes(file));
    }
    assertThat(Files.readString(file)).isEqualTo(Files.readString(golden));
  }

  @Test
  void haveTheirTypesInParquet() {
    assertThat(Read.schema(written(new FormatChoice(FormatChoice.Kind.PARQUET, Compression.ZSTD))))
        .isEqualTo(
            types.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, type -> shown(type.getValue()))));
  }

  private Path written(FormatChoice choice) {
    Rows rows =
        new Rows(
            List.of(new Field("event_key", ColumnType.TEXT)),
            List.of(new Field("_doc", ColumnType.TEXT)));
    for (Map<String, Object> row : expected) {
      types.forEach((name, type) -> rows.set(name, type, row.get(name)));
      rows.endRow();
    }
    try (FileFormat format = choice.open()) {
      return format.write(rows, folder.resolve("rows." + format.extension())).file();
    }
  }

  private static InputStream open(Path file) throws IOException {
    InputStream bytes = Files.newInputStream(file);
    String name = file.toString();
    return name.endsWith(".zst")
        ? new ZstdInputStream(bytes)
        : name.endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
  }

  private String sqlColumns(List<String> order) {
    return order.stream()
        .map(name -> "'" + name + "': '" + shown(types.get(name)) + "'")
        .collect(Collectors.joining(", "));
  }

  private static String shown(ColumnType type) {
    return switch (type) {
      case TEXT -> "VARCHAR";
      case TIMESTAMP -> "TIMESTAMP WITH TIME ZONE";
      default -> type.name();
    };
  }

  private static Map<String, Object> plain(Map<String, Object> row) {
    Map<String, Object> plain = new TreeMap<>(row);
    plain.replaceAll((name, value) -> value instanceof OffsetDateTime at ? at.toInstant() : value);
    return plain;
  }

  private static Object value(ColumnType type, JsonNode json) {
    if (json == null) {
      return null;
    }
    assertThat(json.isNumber())
        .as("%s as a number, for %s", json, type)
        .isEqualTo(type == ColumnType.BIGINT || type == ColumnType.DOUBLE && !json.isTextual());
    return value(type, json.asText());
  }

  private static Object value(ColumnType type, String text) {
    if (text == null) {
      return null;
    }
    return switch (type) {
      case TEXT -> text;
      case BIGINT -> Long.valueOf(text);
      case DOUBLE -> Double.valueOf(text);
      case BOOLEAN -> Boolean.valueOf(text);
      case TIMESTAMP -> Instant.parse(text);
    };
  }
}
