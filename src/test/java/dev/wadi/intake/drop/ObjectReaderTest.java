package dev.wadi.intake.drop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import dev.wadi.event.SetupException;
import dev.wadi.event.TransientException;
import dev.wadi.ops.Backoff;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ObjectReaderTest {

  private static final Backoff AT_ONCE = new Backoff(Duration.ZERO, Duration.ZERO);
  private static final byte[] NOTICE = "{\"the\":\"notice\"}".getBytes(StandardCharsets.UTF_8);

  private final ObjectsInMemory store = new ObjectsInMemory();

  @Test
  void tellsJsonLinesByTheirLines() {
    assertThat(records("a.jsonl", "{\"a\":1}\n\n  \n{\"a\":2}\r\n{\"a\":3}"))
        .containsExactly("1 {\"a\":1}", "4 {\"a\":2}", "5 {\"a\":3}");
  }

  @Test
  void tellsRowsOfCsvByTheirLines() {
    assertThat(records("a.csv", "id,text\n1,\"two\nlines\"\n2,x\n3,x,y\n"))
        .containsExactly(
            "2 {\"id\":\"1\",\"text\":\"two\\nlines\"}",
            "4 {\"id\":\"2\",\"text\":\"x\"}",
            "5 3,x,y csv_columns");
  }

  @Test
  void tellsElementsOfAnArrayByTheirNumbers() {
    assertThat(records("a.json", "[{\"a\":1},\n\n{\"a\":2}]"))
        .containsExactly("1 {\"a\":1}", "2 {\"a\":2}");
  }

  @Test
  void readsASingleObjectThatIsLaidOut() {
    assertThat(records("a.json", "{\n  \"a\": 1\n}\n")).containsExactly("1 {\n  \"a\": 1\n}");
  }

  @Test
  void unpacksGzipAndZstd() {
    byte[] lines = lines(3).getBytes(StandardCharsets.UTF_8);
    store.put("a.gz", gzip(lines));
    store.put("a.zst", Zstd.compress(lines));
    assertThat(records("a.gz")).hasSize(3).isEqualTo(records("a.zst"));
  }

  @Test
  void readsNothingOfAnEmptyObject() {
    assertThat(records("a.jsonl", "")).isEmpty();
  }

  @Test
  void endsPartsWhereTheyHaveManyRecords() {
    store.put("a.jsonl", lines(1001));
    assertThat(parts("a.jsonl"))
        .extracting(part -> part.first() + "-" + part.to() + " " + part.last())
        .containsExactly("1-500 false", "501-1000 false", "1001-1001 true");
  }

  @Test
  void knowsTheLastPartThoughItIsFull() {
    store.put("a.jsonl", lines(500));
    assertThat(parts("a.jsonl")).extracting(ObjectPart::last).containsExactly(true);
  }

  @Test
  void endsPartsWhereTheyHaveManyBytes() {
    String large = "{\"a\":\"" + "x".repeat(600_000) + "\"}\n";
    store.put("a.jsonl", large.repeat(5));
    assertThat(parts("a.jsonl")).extracting(ObjectPart::to).containsExactly(2L, 4L, 5L);
  }

  @Test
  void goesOnWhereAConnectionBreaks() {
    store.put("a.jsonl", lines(1000));
    List<String> whole = records("a.jsonl");
    store.calls.clear();
    store.breaks.addAll(List.of(0, 100, 70_000));
    assertThat(records("a.jsonl")).isEqualTo(whole);
    assertThat(store.calls).contains("GET a.jsonl 100");
  }

  @Test
  void takesAConnectionThatEndsEarlyForABrokenOne() {
    store.put("a.jsonl", lines(1000));
    store.silently = true;
    store.breaks.addAll(List.of(10, 5_000));
    assertThat(records("a.jsonl")).hasSize(1000);
  }

  @Test
  void givesUpForNowOnAStoreThatGoesOnFailing() {
    store.put("a.jsonl", lines(10));
    store.breaks.addAll(List.of(0, 0, 0, 0, 0));
    assertThatThrownBy(() -> records("a.jsonl"))
        .isInstanceOf(TransientException.class)
        .hasMessageContaining("s3://raw/a.jsonl can't be read from byte 0 on");
  }

  @Test
  void triesAgainWhatTheStoreCannotAnswerNow() {
    store.put("a.jsonl", lines(10));
    store.failures.addAll(List.of(503, 500, 429));
    assertThat(records("a.jsonl")).hasSize(10);
  }

  @Test
  void saysWhatIsToBeAllowed() {
    store.put("a.jsonl", lines(10));
    store.failures.add(403);
    assertThatThrownBy(() -> records("a.jsonl"))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("s3:GetObject");
  }

  @Test
  void saysThatAnObjectIsMissing() {
    assertThatThrownBy(() -> parts(ObjectVersion.of("raw", "gone", null, "e", "1", 1, null)))
        .isInstanceOfSatisfying(
            UnreadableObjectException.class,
            e -> assertThat(e.flaw().reason()).isEqualTo("object_missing"));
  }

  @Test
  void doesNotReadWhatHasReplacedAnObject() {
    store.put("a.jsonl", lines(10));
    ObjectVersion first = store.version("a.jsonl");
    store.put("a.jsonl", lines(11));
    assertThatThrownBy(() -> parts(first))
        .isInstanceOfSatisfying(
            UnreadableObjectException.class,
            e -> assertThat(e.flaw().reason()).isEqualTo("object_replaced"));
  }

  @Test
  void makesARecordOfTheRestThatWasReplacedMeanwhile() {
    store.put("a.jsonl", lines(30_000));
    ObjectVersion first = store.version("a.jsonl");
    store.breaks.add(2_000_000);
    List<ObjectRecord> records = new ArrayList<>();
    try (ObjectReader reader = reader(first)) {
      records.addAll(reader.next().records());
      store.put("a.jsonl", "other");
      for (ObjectPart part = reader.next(); part != null; part = reader.next()) {
        records.addAll(part.records());
      }
    }
    ObjectRecord rest = records.get(records.size() - 1);
    assertThat(records).hasSizeBetween(5_000, 30_000);
    assertThat(rest.flaw().reason()).isEqualTo("object_replaced");
    assertThat(rest.bytes()).isEqualTo(NOTICE);
    assertThat(rest.number()).isEqualTo(records.size());
  }

  @Test
  void readsWhatIsGoodOfADamagedObject() {
    byte[] packed = gzip(lines(5_000).getBytes(StandardCharsets.UTF_8));
    store.put("a.jsonl.gz", Arrays.copyOf(packed, packed.length / 2));
    List<String> records = records("a.jsonl.gz");
    assertThat(records).hasSizeBetween(1_000, 4_999);
    assertThat(records.get(records.size() - 1))
        .startsWith(records.size() + " ")
        .endsWith("truncated_gzip");
  }

  @Test
  void keepsTheHeadOfContentThatIsOfNoKindItReads() {
    store.put("a.parquet", "PAR1" + "x".repeat(100_000));
    List<ObjectPart> parts = parts("a.parquet");
    assertThat(parts).hasSize(1);
    ObjectRecord record = parts.get(0).records().get(0);
    assertThat(record.flaw().reason()).isEqualTo("unreadable_content");
    assertThat(record.flaw().message()).contains("a Parquet file");
    assertThat(record.bytes()).hasSize(64 << 10).startsWith('P', 'A', 'R', '1');
  }

  @Test
  void makesARecordOfACsvWithoutAUsableHeader() {
    store.put("a.csv", "id,id\n1,2\n");
    assertThat(records("a.csv")).containsExactly("1 id,id\n1,2\n unreadable_content");
  }

  @Test
  void endsTheConnectionWhenItIsClosedEarly() {
    store.put("a.jsonl", lines(100_000));
    try (ObjectReader reader = reader(store.version("a.jsonl"))) {
      assertThat(reader.next().last()).isFalse();
    }
    assertThat(store.calls).containsExactly("GET a.jsonl 0");
  }

  private List<String> records(String key, String content) {
    store.put(key, content);
    return records(key);
  }

  private List<String> records(String key) {
    return parts(key).stream()
        .flatMap(part -> part.records().stream())
        .map(
            record ->
                record.number()
                    + " "
                    + new String(record.bytes(), StandardCharsets.UTF_8)
                    + (record.flaw() == null ? "" : " " + record.flaw().reason()))
        .toList();
  }

  private List<ObjectPart> parts(String key) {
    return parts(store.version(key));
  }

  private List<ObjectPart> parts(ObjectVersion object) {
    List<ObjectPart> parts = new ArrayList<>();
    try (ObjectReader reader = reader(object)) {
      for (ObjectPart part = reader.next(); part != null; part = reader.next()) {
        parts.add(part);
      }
    }
    return parts;
  }

  private ObjectReader reader(ObjectVersion object) {
    return new ObjectReader(object, new ObjectStore(store), AT_ONCE, 1 << 20, 500, NOTICE);
  }

  private static String lines(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            n ->
                "{\"n\":"
                    + n
                    + ",\"text\":\""
                    + "x".repeat(100)
                    + Integer.toHexString(n * 31)
                    + "\"}\n")
        .collect(Collectors.joining());
  }

  private static byte[] gzip(byte[] content) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
