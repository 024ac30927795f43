package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.luben.zstd.Zstd;
import dev.wadi.process.RecordFile;
import dev.wadi.process.WadiCommands;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Wrong and hostile files through {@code wadi ingest} of the packaged application: what is good in
 * them lands, and all else is a dead letter with its position, reason and bytes.
 */
@Tag("integration")
class IngestBadInputIT {

  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  /** What is kept of a record that is too large. */
  private static final int KEPT = 64 << 10;

  @TempDir Path folder;

  private WadiCommands wadi;
  private RecordFile file;
  private final List<String> landing = new ArrayList<>();
  private final Map<String, String> reasons = new TreeMap<>();
  private final Map<String, byte[]> bytes = new LinkedHashMap<>();

  @BeforeEach
  void useAFolder() {
    wadi = new WadiCommands(folder.resolve("data"), Map.of("WADI_DECODE_SHAPE", "json"));
    file = new RecordFile(folder.resolve("events.jsonl"));
  }

  @Test
  void landsTheNeighboursOfWhateverIsWrongInALine() throws Exception {
    hostileLines();
    String cut = "{\"id\":\"cut\",\"type\":\"t\",\"ti";
    String position = file.addCut(cut);
    reasons.put(position, "not_json");
    bytes.put(position, cut.getBytes(StandardCharsets.UTF_8));
    String path = file.write();

    assertCounts(wadi.ingest(path), landing.size(), 0, reasons.size());

    assertThat(ids()).containsExactlyInAnyOrderElementsOf(landing);
    List<JsonNode> letters = letters();
    assertThat(byPosition(letters, "reason")).isEqualTo(reasons);
    for (JsonNode letter : letters) {
      String at = letter.get("position").textValue();
      assertThat(letter.get("message").textValue()).as(at).isNotBlank().doesNotContain("\n");
      assertThat(bytes(letter)).as(at).isEqualTo(bytes.get(at));
    }
    assertThat(wadi.read("verify")).anyMatch(line -> line.startsWith("OK: "));

    assertCounts(wadi.ingest(path), 0, landing.size(), reasons.size());
    assertThat(letters()).hasSameSizeAs(letters);
    assertThat(wadi.read("verify")).anyMatch(line -> line.startsWith("OK: "));
  }

  private void hostileLines() {
    bad("not_json", "hello");
    bad("not_json", "{\"id\":");
    bad("not_json", "}");
    bad("not_an_object", "[" + event("in-an-array") + "]");
    bad("not_an_object", "null");
    bad("trailing_content", event("one") + event("two"));
    bad("not_json", "\ufeff" + event("with-a-mark"));
    bad("not_json", with("nul", "text", "\"a\0b\""));
    bad("invalid_utf8", "\0" + event("nul-first"));
    bad("invalid_utf8", with("half", "text", "\"\\ud800\""));
    bad("invalid_utf8", with("latin", "text", "\"\u00e9\"").getBytes(StandardCharsets.ISO_8859_1));
    bad("duplicate_member", event("twice").replaceFirst("\\{", "{\"\\\\u0069d\":\"again\","));
    bad("number_out_of_range", with("big", "number", "18446744073709551616"));
    bad("number_out_of_range", with("huge", "number", "-1e400"));
    bad("too_deep", "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000));
    bad("not_an_object", "[".repeat(10_000) + "]".repeat(10_000));
    bad("too_large", with("many", "values", "[" + "1,".repeat(200_000) + "1]"));
    bad("missing_field", "{}");
    bad("bad_time", event("february").replace("11-20T", "02-30T"));
    bad("bad_type", event("up").replace("\"t\"", "\"../up\""));
    byte[] large =
        with("large", "text", "\"" + "x".repeat(50 << 20) + "\"")
            .getBytes(StandardCharsets.US_ASCII);
    bytes.put(bad("too_large", large), Arrays.copyOf(large, KEPT));
    good("\r", "ends-as-windows-does");
    good("\n \t\n", "with-blank-lines-behind");
  }

  @Test
  void keepsATextOf50MegabytesWholeWhereEventsMayBeSoLarge() throws Exception {
    wadi =
        new WadiCommands(
            folder.resolve("data"),
            Map.of("WADI_DECODE_SHAPE", "json", "WADI_DECODE_MAX_EVENT_SIZE", "64MB"));
    bad("string_too_long", with("long", "text", "\"" + "x".repeat(50 << 20) + "\""));
    String path = file.write();

    assertCounts(wadi.ingest(path), landing.size(), 0, 1);

    assertThat(ids()).containsExactlyInAnyOrderElementsOf(landing);
    List<JsonNode> letters =
        wadi.query("SELECT position, reason, bytes_base64, bytes_object FROM dead_letters");
    assertThat(byPosition(letters, "reason")).isEqualTo(reasons);
    assertThat(letters.get(0).get("bytes_base64").isNull()).isTrue();
    Path kept = folder.resolve("data/lake").resolve(letters.get(0).get("bytes_object").asText());
    assertThat(Files.readAllBytes(kept)).isEqualTo(bytes.values().iterator().next());
  }

  /**
   * Damage is told where it is noticed. Behind a damaged byte a decompressor may go on with other
   * bytes until a checksum tells, so the damage here is where a second part begins.
   */
  @Test
  void landsWhatCanBeReadOfDamagedFilesAndTheFileBehindThem() throws Exception {
    List<String> ids = new ArrayList<>();
    List<Long> ends = new ArrayList<>();
    byte[] content = manyEvents(ids, ends);
    byte[] first = Arrays.copyOf(content, content.length / 2);
    byte[] second = Arrays.copyOfRange(content, first.length, content.length);
    byte[] badGzip = gzip(second);
    badGzip[10] = (byte) 0xff;
    byte[] badZstd = Zstd.compress(second);
    badZstd[0] ^= 1;
    Path gzip = write("events.json.gz", gzip(first), badGzip);
    Path zstd = write("events.json.zst", Zstd.compress(first), badZstd);
    Path cut = write("cut.json.gz", gzip(first), Arrays.copyOf(gzip(second), second.length / 5));
    file.add(event("behind"));

    JsonNode summary = wadi.ingest(gzip.toString(), zstd.toString(), cut.toString(), file.write());

    int whole = (int) ends.stream().filter(end -> end <= first.length).count();
    long lastEnd = ends.get(whole - 1);
    Map<String, String> letters = byPosition(letters(), "reason");
    String atCut = letters.keySet().stream().filter(p -> p.startsWith(cut + "@")).findAny().get();
    int wholeOfCut = ends.indexOf(Long.valueOf(atCut.substring(atCut.indexOf('@') + 1))) + 1;
    assertThat(letters)
        .containsEntry(gzip + "@" + lastEnd, "corrupt_gzip")
        .containsEntry(zstd + "@" + lastEnd, "corrupt_zstd")
        .containsEntry(atCut, "truncated_gzip")
        .hasSize(3);
    assertThat(wholeOfCut).isBetween(whole, ids.size() - 1);
    landing.addAll(ids.subList(0, wholeOfCut));
    landing.add("behind");
    assertThat(ids()).containsExactlyInAnyOrderElementsOf(landing);
    assertCounts(summary, landing.size(), 2 * whole, 3);
    assertThat(wadi.read("verify")).anyMatch(line -> line.startsWith("OK: "));
  }

  private Path write(String name, byte[]... parts) throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      whole.writeBytes(part);
    }
    return Files.write(folder.resolve(name), whole.toByteArray());
  }

  @Test
  void landsTheRowsThatFitTheHeaderOfACsvFile() throws Exception {
    RecordFile csv = new RecordFile(folder.resolve("events.csv"));
    csv.add("id,type,time,note");
    csv.add("r1,t,2026-11-20T10:00:00Z,\"a, \"\"b\"\"\nand more\"");
    reasons.put(csv.add("r2,t,2026-11-20T10:00:00Z"), "csv_columns");
    reasons.put(csv.add("r3,t,2026-11-20T10:00:00Z,x,y"), "csv_columns");
    reasons.put(csv.add("r4,t,2026-11-20T10:00:00Z,\"x\"y"), "csv_quotes");
    reasons.put(csv.add(",t,2026-11-20T10:00:00Z,x"), "missing_field");
    reasons.put(csv.add("r6,t,yesterday,x"), "bad_time");
    csv.add("r7,t,2026-11-20T10:00:00Z,");

    assertCounts(wadi.ingest(csv.write()), 2, 0, reasons.size());

    List<JsonNode> rows = wadi.query("SELECT event_id, note FROM events ORDER BY event_id");
    assertThat(rows.get(0).get("note").textValue()).isEqualTo("a, \"b\"\nand more");
    assertThat(rows.get(1).get("event_id").textValue()).isEqualTo("r7");
    assertThat(rows.get(1).get("note").isNull()).isTrue();
    List<JsonNode> letters = letters();
    assertThat(byPosition(letters, "reason")).isEqualTo(reasons);
    assertThat(letters)
        .filteredOn(letter -> letter.get("reason").textValue().equals("csv_columns"))
        .allMatch(letter -> letter.get("message").textValue().startsWith("line "));
  }

  @Test
  void saysInOneLineWhatCantBeIngestedAndMakesNothing() throws Exception {
    file.add(event("good"));
    String good = file.write();
    Path none = folder.resolve("none.jsonl");
    Path csv = Files.writeString(folder.resolve("twice.csv"), "id,type,id\n1,t,2\n");

    assertThat(refusal(FAILED, good, folder.toString()))
        .contains("can't read " + folder, "it is a folder");
    assertThat(refusal(FAILED, good, none.toString())).contains("can't read " + none, "no such");
    assertThat(refusal(FAILED, good, good)).contains(good + " is given twice");
    assertThat(refusal(FAILED, good, csv.toString())).contains("two columns have the name");
    assertThat(refusal(FAILED, good, "--shape", "moon"))
        .contains(
            "there is no shape 'moon': use one of"
                + " cdevents, cloudevents, json, named-event, row-change, simulated-cdevents");
    assertThat(refusal(WRONG_USAGE)).contains("FILE");
    assertThat(refusal(WRONG_USAGE, good, "--bogus")).contains("--bogus");
    assertThat(folder.resolve("data")).doesNotExist();

    assertCounts(wadi.ingest(good), 1, 0, 0);
  }

  @Test
  void saysThatAFileMustNotBeRead() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret.jsonl"), event("secret"));
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(secret), "root reads everything");

    assertThat(refusal(FAILED, secret.toString()))
        .contains("can't read " + secret + ": permission denied");
  }

  private String refusal(int code, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("ingest"));
    command.addAll(List.of(words));
    return wadi.refusal(code, command.toArray(String[]::new));
  }

  private String bad(String reason, String record) {
    return bad(reason, record.getBytes(StandardCharsets.UTF_8));
  }

  private String bad(String reason, byte[] record) {
    good("", "before-" + landing.size());
    String position = file.add(record);
    reasons.put(position, reason);
    bytes.put(position, record);
    good("", "after-" + landing.size());
    return position;
  }

  private void good(String lineEnd, String id) {
    landing.add(id);
    file.add(event(id) + lineEnd);
  }

  private static String event(String id) {
    return "{\"id\":\"%s\",\"type\":\"t\",\"time\":\"2026-11-20T10:00:00Z\",\"source\":\"s\"}"
        .formatted(id);
  }

  private static String with(String id, String member, String value) {
    String event = event(id);
    return event.substring(0, event.length() - 1) + ",\"" + member + "\":" + value + "}";
  }

  /** So much that packed it has many blocks. */
  private static byte[] manyEvents(List<String> ids, List<Long> ends) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    Random random = new Random(20_261_121);
    for (int n = 0; n < 20_000; n++) {
      ids.add("e" + n);
      String noise = Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
      content.writeBytes(
          (with("e" + n, "noise", "\"" + noise + "\"") + "\n").getBytes(StandardCharsets.UTF_8));
      ends.add((long) content.size());
    }
    return content.toByteArray();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(content);
    }
    return packed.toByteArray();
  }

  private List<String> ids() throws Exception {
    return wadi.query("SELECT event_id FROM events").stream()
        .map(row -> row.get("event_id").textValue())
        .toList();
  }

  private List<JsonNode> letters() throws Exception {
    return wadi.query(
        "SELECT position, reason, message, bytes_base64, bytes_object FROM dead_letters");
  }

  private static Map<String, String> byPosition(List<JsonNode> letters, String column) {
    Map<String, String> values = new TreeMap<>();
    letters.forEach(
        letter -> values.put(letter.get("position").textValue(), letter.get(column).textValue()));
    return values;
  }

  private byte[] bytes(JsonNode letter) throws IOException {
    return letter.get("bytes_base64").isNull()
        ? Files.readAllBytes(
            folder.resolve("data/lake").resolve(letter.get("bytes_object").textValue()))
        : Base64.getDecoder().decode(letter.get("bytes_base64").textValue());
  }

  private static void assertCounts(JsonNode summary, int landed, int duplicates, int rejected) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (String count : List.of("received", "landed", "duplicates", "rejected", "conflicts")) {
      counts.put(count, summary.get(count).asInt());
    }
    assertThat(counts)
        .isEqualTo(
            Map.of(
                "received",
                landed + duplicates + rejected,
                "landed",
                landed,
                "duplicates",
                duplicates,
                "rejected",
                rejected,
                "conflicts",
                0));
  }
}
