package dev.wadi.lake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wadi.lake.VerifyReport.DeadLetters;
import dev.wadi.lake.VerifyReport.Terms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A true lake, and then each test breaks one thing in it. */
@Tag("unit")
class VerificationTest {

  private static final String FIRST = LakeFixture.id(1);
  private static final String SECOND = LakeFixture.id(2);
  private static final String EVENTS =
      "events/event_type=change/event_date=2026-11-01/" + FIRST + "-0.parquet";

  private static final String LATER = EVENTS.replace(FIRST, LakeFixture.id(4));

  @TempDir Path data;
  private LakeFixture lake;

  @BeforeEach
  void makeTrueLake() {
    lake = new LakeFixture(data);
    lake.commit(1)
        .event("a", "1")
        .event("b", "1")
        .event("c", "1", "a%2Fb", "2026-11-02", ", 5::BIGINT AS size")
        .duplicate("a", "1")
        .rejected("archived")
        .rejected("waiting")
        .filtered("not-prod")
        .delivery("m1")
        .delivery("m2")
        .write();
    lake.commit(2)
        .duplicate("b", "1")
        .conflict("a", "2", "1")
        .event("d", "1", "a%2Fb", "2026-11-02", ", 5.5::DOUBLE AS size")
        .delivery("m3")
        .write();
    lake.commit(3)
        .from(LakeFixture.DLQ_SOURCE)
        .deadLetter("archived", "not_json", "{")
        .deadLetter("foreign", "redriven", "x")
        .delivery("m1")
        .write();
  }

  @Test
  void findsNothingInATrueLake() {
    VerifyReport report = verify();
    assertThat(report.findings()).isEmpty();
    assertThat(report.ok()).isTrue();
    assertThat(report.commits()).isEqualTo(3);
    assertThat(report.files()).isEqualTo(7);
    assertThat(report.sources())
        .containsOnlyKeys(LakeFixture.EVENTS_SOURCE, LakeFixture.DLQ_SOURCE)
        .containsEntry(LakeFixture.EVENTS_SOURCE, new Terms(10, 4, 2, 1, 2, 1, 0))
        .containsEntry(LakeFixture.DLQ_SOURCE, new Terms(2, 2, 0, 0, 0, 0, 0));
    assertThat(report.total()).isEqualTo(new Terms(12, 6, 2, 1, 2, 1, 0));
    assertThat(report.deadLetters()).isEqualTo(new DeadLetters(2, 2, 1, 0, 0));
  }

  @Test
  void findsNothingInAnEmptyLake() {
    VerifyReport report = new Verification(new LakeFolder(data.resolve("none")), true).run();
    assertThat(report.ok()).isTrue();
    assertThat(report.commits()).isZero();
  }

  @Test
  void findsAManifestThatIsBroken() {
    lake.write("_wadi/commits/" + LakeFixture.id(4) + ".json", "{\"commit\": \"");
    assertOnly(Violation.MANIFEST_UNREADABLE, LakeFixture.id(4));
  }

  @Test
  void findsAManifestOfAnotherCommit() {
    lake.manifest(3, manifest -> manifest.put("commit", "other"));
    assertFound(Violation.MANIFEST_UNREADABLE, LakeFixture.id(3) + ": it is about other");
  }

  @Test
  void findsAManifestInAnUnknownState() {
    lake.manifest(3, manifest -> manifest.put("state", "MAYBE"));
    assertFound(Violation.MANIFEST_UNREADABLE, "whose state is MAYBE");
  }

  @Test
  void findsAFileThatIsGone() throws IOException {
    Files.delete(lake.file(EVENTS));
    assertFound(Violation.FILE_MISSING, EVENTS + " of " + FIRST);
  }

  @Test
  void findsAFileOutsideOfTheLake() throws IOException {
    Files.move(lake.file(EVENTS), data.resolve("outside.parquet"));
    lake.manifest(1, manifest -> file(manifest, EVENTS).put("key", "events/../../outside.parquet"));
    assertFound(Violation.FILE_MISSING, "events/../../outside.parquet of " + FIRST);
  }

  @Test
  void findsAFileOfAnotherSize() throws IOException {
    long bytes = Files.size(lake.file(EVENTS));
    lake.manifest(1, manifest -> file(manifest, EVENTS).put("bytes", 1));
    assertOnly(Violation.FILE_CHANGED, EVENTS + " has " + bytes + " bytes, its manifest says 1");
  }

  @Test
  void findsAFileOfAnotherChecksumWhenAsked() {
    lake.manifest(1, manifest -> file(manifest, EVENTS).put("sha256", "0000"));
    assertThat(verify().ok()).isTrue();
    List<Finding> findings = new Verification(lake.folder(), true).run().findings();
    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).violation()).isEqualTo(Violation.FILE_CHANGED);
    assertThat(findings.get(0).examples().get(0)).startsWith(EVENTS).endsWith("0000");
  }

  @Test
  void findsNothingInATrueLakeByChecksum() {
    assertThat(new Verification(lake.folder(), true).run().findings()).isEmpty();
  }

  @Test
  void findsAFileThatCannotBeReadAndReadsTheOthers() throws IOException {
    byte[] bytes = Files.readAllBytes(lake.file(EVENTS));
    java.util.Arrays.fill(bytes, (byte) 7);
    Files.write(lake.file(EVENTS), bytes);
    assertFound(Violation.FILE_UNREADABLE, EVENTS + ": Invalid Input Error: No magic bytes");
    // its rows are gone, so its commit's account and the copies of its events are in doubt too
    assertThat(verify().findings())
        .extracting(Finding::violation)
        .containsExactly(
            Violation.FILE_UNREADABLE,
            Violation.COUNT_DIFFERS,
            Violation.DUPLICATE_UNFOUNDED,
            Violation.CONFLICT_UNFOUNDED);
  }

  @Test
  void findsAFileThatTwoCommitsName() {
    lake.manifest(2, manifest -> manifest.withArray("files").add(firstFile().deepCopy()));
    assertFound(Violation.FILE_NAMED_TWICE, EVENTS + " by " + FIRST + " and " + SECOND);
  }

  @Test
  void findsAFileThatNoManifestNames() throws IOException {
    String copy = EVENTS.replace("-0.parquet", "-9.parquet");
    Files.copy(lake.file(EVENTS), lake.file(copy));
    assertOnly(Violation.FILE_UNREFERENCED, copy);
  }

  @Test
  void findsWhatAnAbortedCommitLeftBehind() {
    lake.commit(4).event("e", "1").write();
    lake.manifest(4, manifest -> manifest.put("state", "ABORTED"));
    assertFound(Violation.FILE_UNREFERENCED, LakeFixture.id(4) + "-0.parquet");
  }

  @Test
  void leavesOutACommitThatIsOnItsWay() throws IOException {
    lake.commit(4).event("a", "1").delivery("m1").write();
    lake.openIntent(4);
    Files.delete(lake.file("_wadi/commits/" + LakeFixture.id(4) + ".json"));
    assertThat(verify().findings()).isEmpty();
    assertThat(verify().inFlight()).isEqualTo(1);
    assertThat(verify().total().landed()).isEqualTo(6);
  }

  @Test
  void countsACommitThatStandsThoughItsIntentIsOpen() {
    lake.commit(4).event("e", "1").write();
    lake.openIntent(4);
    lake.commit(5).duplicate("e", "1").write();
    VerifyReport report = verify();
    assertThat(report.findings()).isEmpty();
    assertThat(report.inFlight()).isZero();
    assertThat(report.total().landed()).isEqualTo(7);
  }

  @Test
  void leavesWhatAGivenUpCommitHasStillToTakeAway() {
    lake.commit(4).event("e", "1").write();
    lake.openIntent(4);
    lake.manifest(4, manifest -> manifest.put("state", "ABORTED"));
    assertThat(verify().findings()).isEmpty();
  }

  @Test
  void findsAnObjectThatTheOpenIntentOfItsCommitDoesNotName() throws IOException {
    lake.commit(4).event("e", "1").write();
    lake.openIntent(4);
    String other = LATER.replace("-0.parquet", "-1.parquet");
    Files.copy(lake.file(LATER), lake.file(other));
    assertOnly(Violation.FILE_UNREFERENCED, other);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"commit\": ",
        "{}",
        "null",
        "{\"objects\":\"one\"}",
        "{\"objects\":[]}",
        "{\"commit\":\"c\",\"objects\":[null]}"
      })
  void findsAnIntentThatIsBroken(String content) {
    lake.write("_wadi/intents/" + LakeFixture.id(4) + ".json", content);
    assertFound(Violation.MANIFEST_UNREADABLE, "_wadi/intents/" + LakeFixture.id(4) + ".json");
  }

  @Test
  void leavesOutACommitThatCameSinceTheMarkersWereListed() throws Exception {
    lake.commit(4).event("e", "1").write();
    try (Workbench bench = Workbench.open()) {
      ObjectIndex.load(lake.folder(), bench);
      List<String> before = List.of(FIRST, SECOND, LakeFixture.id(3));
      ManifestIndex.load(lake.folder(), bench, new MarkerListing(before, Set.of()));
      new FileChecks(lake.folder(), bench).run(Set.copyOf(before));
      assertThat(bench.findings().list(Finding::new)).isEmpty();
    }
  }

  @Test
  void countsWhatKilledPutsHaveLeftAndFindsNoFaultInIt() {
    lake.write(EVENTS + "-0f0e0d0c-0000-4000-8000-00000000000a", "half");
    assertThat(verify().findings()).isEmpty();
    assertThat(verify().unfinishedUploads()).isEqualTo(1);
  }

  @Test
  void findsAFileWithOtherRowsThanItsManifestSays() {
    lake.manifest(1, manifest -> file(manifest, EVENTS).put("rows", 3));
    assertOnly(Violation.ROWS_DIFFER, EVENTS + " has 2 rows, its manifest says 3");
  }

  @Test
  void findsAFileWithoutRows() {
    lake.rewriteFile(1, EVENTS, "FROM file WHERE false");
    assertFound(Violation.ROWS_DIFFER, EVENTS + " has 0 rows, its manifest says 2");
  }

  @Test
  void findsARowOfAnotherCommit() {
    lake.rewriteFile(1, EVENTS, "SELECT * REPLACE ('other' AS commit_id) FROM file");
    assertOnly(Violation.ROWS_OF_ANOTHER_COMMIT, EVENTS + ": 2 rows");
  }

  @Test
  void findsARowWithoutAProperKey() {
    lake.rewriteFile(
        1, EVENTS, "SELECT * REPLACE (replace(upper(event_key), '0', 'g') AS event_key) FROM file");
    assertFound(Violation.ROWS_MALFORMED, EVENTS + ": 2 rows");
  }

  @Test
  void findsARowWithoutAPayloadHash() {
    lake.rewriteFile(1, EVENTS, "SELECT * REPLACE (NULL::VARCHAR AS payload_hash) FROM file");
    assertFound(Violation.ROWS_MALFORMED, EVENTS + ": 2 rows");
  }

  @Test
  void findsAnAccountThatDoesNotBalance() {
    lake.manifest(1, manifest -> LakeFixture.counts(manifest).put("received", 9));
    assertOnly(Violation.NOT_CONSERVED, FIRST + ", sqs:events: received 9, accounted for 7");
  }

  @Test
  void findsThatFewerLandedThanTheAccountSays() {
    lake.manifest(1, manifest -> LakeFixture.counts(manifest).put("landed", 4).put("received", 8));
    assertOnly(Violation.COUNT_DIFFERS, FIRST + ", sqs:events: landed 4, rows 3");
  }

  @Test
  void findsThatFewerDuplicatesLieThereThanTheAccountSays() {
    lake.manifest(
        1, manifest -> LakeFixture.counts(manifest).put("duplicates", 2).put("received", 8));
    assertOnly(Violation.COUNT_DIFFERS, FIRST + ", sqs:events: duplicates 2, rows 1");
  }

  @Test
  void findsThatFewerConflictsLieThereThanTheAccountSays() {
    lake.manifest(
        2, manifest -> LakeFixture.counts(manifest).put("conflicts", 2).put("received", 4));
    assertOnly(Violation.COUNT_DIFFERS, SECOND + ", sqs:events: conflicts 2, rows 1");
  }

  @Test
  void findsRowsOfASourceThatHasNoAccount() {
    lake.manifest(
        3, manifest -> ((ObjectNode) manifest.get("sources")).remove(LakeFixture.DLQ_SOURCE));
    assertOnly(Violation.COUNT_DIFFERS, LakeFixture.id(3) + ", sqs:events-dlq: landed 0, rows 2");
  }

  @Test
  void findsFilteredRecordsWithoutAReason() {
    lake.manifest(
        1, manifest -> LakeFixture.counts(manifest).withObject("/filtered_reasons").removeAll());
    assertOnly(Violation.COUNT_DIFFERS, FIRST + ", sqs:events: filtered 1, for reasons 0");
  }

  @Test
  void findsARejectedRecordWithoutADeadLetter() {
    lake.manifest(1, manifest -> ((ArrayNode) manifest.get("dead_letters")).remove(1));
    assertOnly(Violation.COUNT_DIFFERS, FIRST + ": rejected 2, dead letters named 1");
  }

  @Test
  void findsADeliveryThatWasReceivedTwice() {
    lake.manifest(2, manifest -> LakeFixture.counts(manifest).withArray("deliveries").add("m1"));
    assertOnly(
        Violation.DELIVERED_TWICE,
        "sqs:events m1 in " + FIRST + " by host/1/0 and " + SECOND + " by host/1/0");
  }

  @Test
  void findsAnEventThatLandedTwiceWithTheSamePayload() {
    lake.commit(4).event("b", "1").write();
    assertOnly(
        Violation.LANDED_TWICE,
        LakeFixture.key("b")
            + " 2 times, same payload, in "
            + FIRST
            + " by host/1/0 and "
            + LakeFixture.id(4)
            + " by host/1/0");
  }

  @Test
  void findsAnEventThatLandedTwiceWithAnotherPayload() {
    lake.commit(4).event("b", "2").write();
    assertOnly(Violation.LANDED_TWICE, LakeFixture.key("b") + " 2 times, other payload");
  }

  @Test
  void findsAnEventThatLandedTwiceInOneFile() {
    lake.commit(4).event("z", "1").event("z", "1").write();
    assertOnly(
        Violation.LANDED_TWICE,
        LakeFixture.key("z") + " 2 times, same payload, in " + LakeFixture.id(4));
  }

  @Test
  void findsADuplicateOfNothing() {
    lake.commit(4).duplicate("nothing", "1").write();
    assertOnly(
        Violation.DUPLICATE_UNFOUNDED,
        LakeFixture.key("nothing")
            + " with payload "
            + LakeFixture.hash("1")
            + " in "
            + LakeFixture.id(4)
            + " by host/1/0: no event with this key has landed");
  }

  @Test
  void findsADuplicateWithoutAPayload() {
    lake.commit(4).duplicate("a", "1").write();
    String key = "duplicates/received_date=2026-11-02/" + LakeFixture.id(4) + "-0.parquet";
    lake.rewriteFile(4, key, "SELECT * REPLACE (NULL::VARCHAR AS payload_hash) FROM file");
    assertFound(Violation.DUPLICATE_UNFOUNDED, LakeFixture.key("a") + " with payload none");
  }

  @Test
  void findsADuplicateWithAnotherPayloadThanTheOriginal() {
    lake.commit(4).duplicate("a", "2").write();
    assertOnly(
        Violation.DUPLICATE_UNFOUNDED,
        "payload %s has landed in %s by host/1/0".formatted(LakeFixture.hash("1"), FIRST));
  }

  @Test
  void findsAConflictWithNothing() {
    lake.commit(4).conflict("nothing", "2", "1").write();
    assertOnly(Violation.CONFLICT_UNFOUNDED, LakeFixture.key("nothing"));
  }

  @Test
  void findsAConflictThatIsADuplicate() {
    lake.commit(4).conflict("a", "1", "1").write();
    assertOnly(Violation.CONFLICT_UNFOUNDED, LakeFixture.key("a"));
  }

  @Test
  void findsAConflictWithAPayloadThatDidNotLand() {
    lake.commit(4).conflict("a", "2", "3").write();
    assertOnly(Violation.CONFLICT_UNFOUNDED, LakeFixture.key("a"));
  }

  @Test
  void findsADeadLetterThatWasArchivedTwice() {
    lake.commit(4).from(LakeFixture.DLQ_SOURCE).deadLetter("archived", "not_json", "{").write();
    assertOnly(
        Violation.DEAD_LETTER_TWICE,
        LakeFixture.key("archived")
            + " in "
            + LakeFixture.id(3)
            + " by host/1/0 and "
            + LakeFixture.id(4)
            + " by host/1/0");
  }

  @Test
  void findsADeadLetterWhoseBytesAreGone() throws IOException {
    String object = "dead_letters_bytes/large.bin";
    lake.write(object, "bytes");
    lake.commit(4)
        .from(LakeFixture.DLQ_SOURCE)
        .deadLetter("large", "not_json", "NULL::VARCHAR", "'" + object + "'")
        .write();
    assertThat(verify().findings()).isEmpty();
    Files.delete(lake.file(object));
    assertOnly(Violation.DEAD_LETTER_BYTES_MISSING, LakeFixture.key("large") + ": " + object);
  }

  @Test
  void namesTheFirstTwentyOfAKindAndCountsAll() {
    for (int n = 10; n < 40; n++) {
      lake.commit(n).duplicate("nothing" + n, "1").write();
    }
    Finding finding = verify().findings().get(0);
    assertThat(finding.count()).isEqualTo(30);
    assertThat(finding.examples()).hasSize(20);
  }

  @Test
  void findsNothingInALakeThatWasCompacted() throws IOException {
    compact("FROM file");
    VerifyReport before = verify();
    assertThat(before.findings()).isEmpty();
    assertThat(before.commits()).isEqualTo(5);
    assertThat(before.files()).isEqualTo(7);
    assertThat(before.total()).isEqualTo(new Terms(13, 7, 2, 1, 2, 1, 0));
    Files.delete(lake.file(EVENTS));
    Files.delete(lake.file(LATER));
    assertThat(verify()).isEqualTo(before);
    assertThat(new Verification(lake.folder(), true).run().findings()).isEmpty();
  }

  @Test
  void findsNothingInALakeThatWasCompactedTwice() throws IOException {
    String joined = compact("FROM file");
    lake.commit(6).event("f", "1").write();
    String last = EVENTS.replace(FIRST, LakeFixture.id(6));
    lake.compact(7, "FROM file", joined, last);
    Files.delete(lake.file(joined));
    Files.delete(lake.file(last));
    assertThat(verify().findings()).isEmpty();
  }

  @Test
  void findsARowThatACompactionLost() {
    compact("FROM file WHERE event_id <> 'id-b'");
    assertThat(verify().findings())
        .extracting(Finding::violation)
        .contains(Violation.ROWS_DIFFER, Violation.COUNT_DIFFERS, Violation.DUPLICATE_UNFOUNDED);
    assertFound(Violation.COUNT_DIFFERS, FIRST + ", sqs:events: landed 3, rows 2");
    assertFound(Violation.ROWS_DIFFER, "has 2 rows of " + LakeFixture.id(5) + ", what it replaced");
  }

  @Test
  void findsARowThatACompactionDoubled() {
    compact("FROM file UNION ALL (FROM file WHERE event_id = 'id-b')");
    assertFound(
        Violation.LANDED_TWICE, LakeFixture.key("b") + " 2 times, same payload, in " + FIRST);
    assertFound(Violation.COUNT_DIFFERS, FIRST + ", sqs:events: landed 3, rows 4");
  }

  @Test
  void findsARowOfACommitThatACompactionDidNotReplace() {
    compact("SELECT * REPLACE ('%s' AS commit_id) FROM file".formatted(SECOND));
    assertFound(Violation.ROWS_OF_ANOTHER_COMMIT, LakeFixture.id(5) + "-0.parquet: 3 rows");
  }

  @Test
  void findsACompactedFileThatIsGone() throws IOException {
    Files.delete(lake.file(compact("FROM file")));
    assertFound(Violation.FILE_MISSING, LakeFixture.id(5) + "-0.parquet of " + LakeFixture.id(5));
  }

  @Test
  void findsThatTwoCompactionsReplacedTheSame() {
    compact("FROM file");
    lake.compact(6, "FROM file", EVENTS);
    assertFound(
        Violation.REPLACED_WRONGLY,
        EVENTS + " by " + LakeFixture.id(5) + " and " + LakeFixture.id(6));
    assertThat(verify().findings())
        .extracting(Finding::violation)
        .contains(Violation.LANDED_TWICE, Violation.COUNT_DIFFERS);
  }

  @Test
  void findsThatACompactionReplacedWhatNoCommitHasLanded() throws IOException {
    String unknown = EVENTS.replace("-0.parquet", "-9.parquet");
    Files.copy(lake.file(EVENTS), lake.file(unknown));
    lake.compact(4, "FROM file WHERE false", unknown);
    assertFound(Violation.REPLACED_WRONGLY, unknown + " by " + LakeFixture.id(4) + ", which no");
  }

  @Test
  void leavesWhatAGivenUpCompactionHasStillToTakeAway() throws IOException {
    String joined = compact("FROM file");
    lake.manifest(5, manifest -> manifest.put("state", "ABORTED"));
    assertFound(Violation.FILE_UNREFERENCED, joined);
    lake.write(
        "_wadi/compactions/" + LakeFixture.id(5) + ".json",
        "{\"commit\": \"%s\", \"objects\": [\"%s\"]}".formatted(LakeFixture.id(5), joined));
    assertThat(verify().findings()).isEmpty();
  }

  private String compact(String select) {
    lake.commit(4).event("e", "1").write();
    return lake.compact(5, select, EVENTS, LATER);
  }

  private VerifyReport verify() {
    return new Verification(lake.folder(), false).run();
  }

  private void assertFound(Violation violation, String example) {
    VerifyReport report = verify();
    assertThat(report.ok()).isFalse();
    assertThat(report.findings())
        .filteredOn(finding -> finding.violation() == violation)
        .singleElement()
        .satisfies(finding -> assertThat(finding.examples().get(0)).contains(example));
  }

  private void assertOnly(Violation violation, String example) {
    assertFound(violation, example);
    assertThat(verify().findings()).hasSize(1);
    assertThat(verify().findings().get(0).count()).isEqualTo(1);
  }

  private static ObjectNode file(ObjectNode manifest, String key) {
    for (var file : manifest.get("files")) {
      if (file.get("key").asText().equals(key)) {
        return (ObjectNode) file;
      }
    }
    throw new AssertionError("no file " + key);
  }

  private ObjectNode firstFile() {
    ObjectNode[] found = new ObjectNode[1];
    lake.manifest(1, manifest -> found[0] = file(manifest, EVENTS));
    return found[0];
  }
}
