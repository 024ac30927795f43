package dev.wadi.crash.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wadi.crash.load.Item;
import dev.wadi.crash.load.Kind;
import dev.wadi.crash.load.PayloadHash;
import dev.wadi.crash.load.Sent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the checker finds what it is there to find, in lakes made by hand. */
@Tag("unit")
class LakeCheckTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BROKEN = "{broken";

  @TempDir Path folder;
  private final List<String> log = new ArrayList<>();
  private int commits;

  /** An event, a copy of it, a conflict with it, another event, a poison: all as they should be. */
  @BeforeEach
  void sendAndLand() throws Exception {
    send(0, item(Kind.UNIQUE, "a", "{\"n\":1.0}"), item(Kind.COPY, "a", "{\"n\": 1}"));
    send(1, item(Kind.CONFLICT, "a", "{\"n\":2}"), item(Kind.UNIQUE, "b", "{}"));
    send(2, poison());
    land("events", "a", "{\"n\":1.0}");
    land("duplicates", "a", "{\"n\": 1}");
    land("conflicts", "a", "{\"n\":2}");
    land("events", "b", "{}");
    landDeadLetter("d1", "not_json");
  }

  @Test
  void findsNothingWhereAllIsAsItShouldBe() throws Exception {
    Verdict verdict = check();
    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.ok()).isTrue();
    assertThat(verdict.events()).isEqualTo(2);
  }

  @Test
  void findsAnEventThatIsLost() throws Exception {
    send(3, item(Kind.UNIQUE, "c", "{}"));
    assertThat(check().lost()).isEqualTo(1);
  }

  @Test
  void doesNotMissAnEventWhoseSendGotNoAnswer() throws Exception {
    trying(3, item(Kind.UNIQUE, "c", "{}"));
    assertThat(check().ok()).isTrue();
  }

  @Test
  void findsAnEventThatHasLandedTwice() throws Exception {
    land("events", "b", "{}");
    Verdict verdict = check();
    assertThat(verdict.twice()).isEqualTo(1);
    assertThat(verdict.plainTwice()).isEqualTo(1);
  }

  @Test
  void allowsACopyOfWhatWasSentAgainWithoutAnAnswer() throws Exception {
    trying(1, item(Kind.CONFLICT, "a", "{\"n\":2}"), item(Kind.UNIQUE, "b", "{}"));
    land("duplicates", "b", "{}");
    assertThat(check().findings()).isEmpty();
    land("duplicates", "b", "{}");
    assertThat(check().findings()).anyMatch(line -> line.contains("2 times in duplicates"));
  }

  @Test
  void findsACopyAmongTheConflicts() throws Exception {
    send(3, item(Kind.COPY, "b", "{}"));
    land("conflicts", "b", "{}");
    assertThat(check().misfiled()).isPositive();
  }

  @Test
  void findsAnEventWithAPayloadThatNobodySent() throws Exception {
    send(3, item(Kind.UNIQUE, "c", "{\"n\":1}"));
    land("events", "c", "{\"n\":2}");
    assertThat(check().findings()).anyMatch(line -> line.contains("a payload never sent"));
  }

  @Test
  void findsAnEventThatNobodySent() throws Exception {
    land("events", "z", "{}");
    assertThat(check().findings()).anyMatch(line -> line.contains("was never sent"));
  }

  @Test
  void findsAPoisonWithAnotherReason() throws Exception {
    send(3, new Item(Kind.POISON, "q", hash("{worse"), "missing_field", "{worse"));
    assertThat(check().findings()).anyMatch(line -> line.contains("0 times a dead letter"));
  }

  @Test
  void findsADeadLetterThatIsThereTwice() throws Exception {
    landDeadLetter("d1", "not_json");
    assertThat(check().findings()).anyMatch(line -> line.contains("d1 is there twice"));
  }

  @Test
  void findsAnObjectThatNobodyNames() throws Exception {
    Files.copy(object(0), folder.resolve("events/stray.parquet"));
    Verdict verdict = check();
    assertThat(verdict.findings())
        .containsExactly("misfiled: an object that nobody names: events/stray.parquet");
    assertThat(verdict.plainTwice()).as("what a plain reader sees twice").isEqualTo(1);
  }

  @Test
  void findsAnObjectOfACommitThatWasGivenUp() throws Exception {
    Path marker = folder.resolve("_wadi/commits/0.json");
    Files.writeString(marker, Files.readString(marker).replace("COMMITTED", "ABORTED"));
    Verdict verdict = check();
    assertThat(verdict.lost()).isEqualTo(1);
    assertThat(verdict.findings()).anyMatch(line -> line.contains("nobody names"));
  }

  @Test
  void findsAnObjectThatIsCutOff() throws Exception {
    Path marker = folder.resolve("_wadi/commits/0.json");
    Files.writeString(marker, Files.readString(marker).replace("\"rows\":1", "\"rows\":2"));
    assertThat(check().findings()).anyMatch(line -> line.contains("isn't as its manifest says"));
  }

  @Test
  void findsAnObjectThatIsGone() throws Exception {
    Files.move(object(0), folder.resolve("elsewhere"));
    assertThat(check().findings()).anyMatch(line -> line.contains("no object"));
  }

  @Test
  void findsAnOpenIntent() throws Exception {
    Files.createDirectories(folder.resolve("_wadi/intents"));
    Files.writeString(folder.resolve("_wadi/intents/9.json"), "{}");
    assertThat(check().findings())
        .containsExactly("misfiled: an open intent: _wadi/intents/9.json");
  }

  @Test
  void leavesTheIntentOfACommitThatWasGivenUpAlone() throws Exception {
    Files.createDirectories(folder.resolve("_wadi/intents"));
    Files.writeString(folder.resolve("_wadi/intents/9.json"), "{}");
    Files.writeString(folder.resolve("_wadi/commits/9.json"), "{\"state\":\"ABORTED\"}");
    assertThat(check().findings()).isEmpty();
  }

  @Test
  void findsAnAccountThatDoesNotAddUp() throws Exception {
    Path marker = folder.resolve("_wadi/commits/0.json");
    Files.writeString(marker, Files.readString(marker).replace("\"received\":1", "\"received\":2"));
    assertThat(check().findings()).anyMatch(line -> line.contains("received 2"));
  }

  private Verdict check() throws Exception {
    Path file = folder.resolve("send.log");
    List<String> lines = new ArrayList<>(log);
    lines.add("{\"ended\":true}");
    Files.write(file, lines);
    return LakeCheck.of(folder, Sent.read(file));
  }

  private static Item item(Kind kind, String id, String body) {
    return new Item(kind, "s#" + id, PayloadHash.ofJson(body), "", body);
  }

  private static Item poison() {
    return new Item(Kind.POISON, "p", hash(BROKEN), "not_json", BROKEN);
  }

  private static String hash(String bytes) {
    return PayloadHash.ofBytes(bytes.getBytes(StandardCharsets.UTF_8));
  }

  private void send(int message, Item... items) {
    trying(message, items);
    log.add("{\"answered\":" + message + "}");
  }

  private void trying(int message, Item... items) {
    ObjectNode line = JSON.createObjectNode().put("try", 1).put("message", message);
    log.add(line.set("items", JSON.valueToTree(items)).toString());
  }

  private void land(String table, String id, String doc) throws Exception {
    String term = table.equals("events") ? "landed" : table;
    commit(
        table,
        "SELECT 's' AS event_source, '" + id + "' AS event_id, '" + doc + "' AS _doc",
        "{\"received\":1,\"" + term + "\":1}");
  }

  private void landDeadLetter(String id, String reason) throws Exception {
    String bytes = Base64.getEncoder().encodeToString(BROKEN.getBytes(StandardCharsets.UTF_8));
    commit(
        "dead_letters",
        "SELECT '"
            + id
            + "' AS dead_letter_id, '"
            + reason
            + "' AS reason, '"
            + bytes
            + "' AS bytes_base64",
        // the batch that rejected it, and the archive that landed it
        "{\"received\":2,\"rejected\":1,\"landed\":1}");
  }

  private void commit(String table, String rows, String source) throws Exception {
    Path object = folder.resolve(table).resolve(commits + ".parquet");
    Files.createDirectories(object.getParent());
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("COPY (" + rows + ") TO '" + object + "' (FORMAT parquet)");
    }
    ObjectNode marker = JSON.createObjectNode().put("state", "COMMITTED");
    marker
        .putArray("files")
        .addObject()
        .put("table", table)
        .put("key", folder.relativize(object).toString())
        .put("rows", 1)
        .put("bytes", Files.size(object))
        .put("sha256", PayloadHash.sha256(Files.readAllBytes(object)));
    marker.putObject("sources").set("sqs:events", JSON.readTree(source));
    Path file = folder.resolve("_wadi/commits/" + commits + ".json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, marker.toString());
    commits++;
  }

  private Path object(int commit) throws IOException {
    return folder.resolve("events/" + commit + ".parquet");
  }
}
