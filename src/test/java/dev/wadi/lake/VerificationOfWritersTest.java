package dev.wadi.lake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wadi.lake.VerifyReport.Writer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lake that two processes write to at a time: the ids of their commits tell no order. */
@Tag("unit")
class VerificationOfWritersTest {

  private static final String ONE = "host-a/1/0";
  private static final String TWO = "host-b/2/0";
  private static final String SHARD = "shardId-000000000001";

  /** As AWS gives them: too large for any integer type. */
  private static final String SEQUENCE = "4959033827149025660855969253836157109592157598913658";

  @TempDir Path data;
  private LakeFixture lake;

  @BeforeEach
  void makeTrueLake() {
    lake = new LakeFixture(data);
    // the older ids build on the later ones: they came to their markers later
    lake.commit(4).by(TWO).event("b", "1").part(SHARD, null, SEQUENCE + "10").write();
    lake.commit(3).by(ONE).event("a", "1").duplicate("b", "1").delivery("m1").write();
    lake.commit(2)
        .by(TWO)
        .duplicate("a", "1")
        .part(SHARD, SEQUENCE + "10", SEQUENCE + "20")
        .write();
  }

  @Test
  void findsNothingInATrueLake() {
    assertThat(verify().findings()).isEmpty();
    assertThat(verify().notes()).isEmpty();
  }

  @Test
  void countsByWriter() {
    assertThat(verify().writers())
        .containsExactly(
            new Writer(TWO, 2, 1, LakeFixture.id(2), LakeFixture.id(4)),
            new Writer(ONE, 1, 1, LakeFixture.id(3), LakeFixture.id(3)));
  }

  @Test
  void countsRowsForTheWriterThatLandedThemAlsoIfAnotherHasJoinedThem() throws Exception {
    String folder = "events/event_type=change/event_date=2026-11-01/";
    String left = folder + LakeFixture.id(3) + "-0.parquet";
    String right = folder + LakeFixture.id(4) + "-0.parquet";
    lake.compact(5, "FROM file", left, right);
    Files.delete(lake.file(left));
    Files.delete(lake.file(right));
    VerifyReport report = verify();
    assertThat(report.findings()).isEmpty();
    assertThat(report.writers())
        .contains(new Writer("host/1/0", 1, 0, LakeFixture.id(5), LakeFixture.id(5)))
        .contains(new Writer(ONE, 1, 1, LakeFixture.id(3), LakeFixture.id(3)));
  }

  @Test
  void namesTheKeyTheCommitsAndTheWritersOfAnEventThatBothLanded() {
    lake.commit(5).by(ONE).event("b", "1").write();
    assertOnly(
        Violation.LANDED_TWICE,
        "%s 2 times, same payload, in %s by %s and %s by %s"
            .formatted(LakeFixture.key("b"), LakeFixture.id(4), TWO, LakeFixture.id(5), ONE));
  }

  @Test
  void namesTheCommitsAndTheWritersOfADeliveryThatBothAccountedFor() {
    lake.commit(5).by(TWO).event("c", "1").delivery("m1").write();
    assertOnly(
        Violation.DELIVERED_TWICE,
        "sqs:events m1 in %s by %s and %s by %s"
            .formatted(LakeFixture.id(3), ONE, LakeFixture.id(5), TWO));
  }

  @Test
  void takesTheSameDeliveryOfAnotherSourceForAnother() {
    lake.commit(5).by(TWO).from("sqs:other").event("c", "1").delivery("m1").write();
    assertThat(verify().findings()).isEmpty();
  }

  @Test
  void findsAPartThatBothAccountedFor() {
    lake.commit(5).by(ONE).event("c", "1").part(SHARD, SEQUENCE + "10", SEQUENCE + "20").write();
    assertOnly(
        Violation.PART_TWICE,
        "sqs:events %1$s after %2$s10 up to %2$s20 in %3$s by %4$s, up to %2$s20 in %5$s by %6$s"
            .formatted(SHARD, SEQUENCE, LakeFixture.id(5), ONE, LakeFixture.id(2), TWO));
  }

  @Test
  void findsAPartThatBeginsWithinAnother() {
    lake.commit(5).by(ONE).event("c", "1").part(SHARD, SEQUENCE + "15", SEQUENCE + "30").write();
    assertOnly(Violation.PART_TWICE, "after " + SEQUENCE + "15 up to " + SEQUENCE + "30");
  }

  @Test
  void findsAPartWithinAnotherThatIsNotTheOneBeforeIt() {
    lake.commit(5).by(ONE).event("c", "1").part("s", "10", "100").write();
    lake.commit(6).by(TWO).event("d", "1").part("s", "100", "200").write();
    lake.commit(7).by(ONE).event("e", "1").part("s", "20", "30").write();
    lake.commit(8).by(TWO).event("f", "1").part("s", "40", "50").write();
    VerifyReport report = verify();
    assertThat(report.findings()).hasSize(1);
    assertThat(report.findings().get(0).count()).isEqualTo(2);
    assertThat(report.notes()).isEmpty();
  }

  @Test
  void findsALineThatWasBegunTwice() {
    lake.commit(5).by(ONE).event("c", "1").part(SHARD, null, SEQUENCE + "05").write();
    assertOnly(Violation.PART_TWICE, "after its start up to " + SEQUENCE);
  }

  @Test
  void findsPartsOfAnUnknownOrderThatBeginAtTheSamePosition() {
    lake.commit(5).by(ONE).event("c", "1").part("w", "x:a", "x:b").write();
    lake.commit(6).by(TWO).event("d", "1").part("w", "x:a", "x:c").write();
    assertOnly(
        Violation.PART_TWICE,
        "w after x:a in %s by %s and %s by %s"
            .formatted(LakeFixture.id(5), ONE, LakeFixture.id(6), TWO));
  }

  @Test
  void findsPartsOfAnUnknownOrderThatEndAtTheSamePosition() {
    lake.commit(5).by(ONE).event("c", "1").part("w", "x:a", "x:b").write();
    lake.commit(6).by(TWO).event("d", "1").part("w", "x:0", "x:b").write();
    assertOnly(Violation.PART_TWICE, "w up to x:b in " + LakeFixture.id(5));
  }

  @Test
  void ordersPositionsThatHaveAnotherBehindThem() {
    lake.commit(5).by(ONE).event("c", "1").part("k", "7:2", "9:10").write();
    lake.commit(6).by(TWO).event("d", "1").part("k", "9:10", "11").write();
    assertThat(verify().findings()).isEmpty();
    assertThat(verify().notes()).isEmpty();
    lake.commit(7).by(TWO).event("e", "1").part("k", "9:9", "9:10").write();
    assertOnly(Violation.PART_TWICE, "k after 9:9 up to 9:10");
  }

  @Test
  void notesAGapInALine() {
    lake.commit(5).by(ONE).event("c", "1").part(SHARD, SEQUENCE + "21", SEQUENCE + "30").write();
    VerifyReport report = verify();
    assertThat(report.ok()).isTrue();
    assertThat(report.notes())
        .singleElement()
        .satisfies(
            noted -> {
              assertThat(noted.note()).isEqualTo(Note.LINE_GAP);
              assertThat(noted.count()).isEqualTo(1);
              assertThat(noted.examples().get(0))
                  .contains("after " + SEQUENCE + "21", "up to " + SEQUENCE + "20 in");
            });
  }

  @Test
  void findsARangeOfAFileThatWasTakenTwice() {
    for (int n = 5; n <= 6; n++) {
      lake.commit(n).by(ONE).from("file").event("f" + n, "1").write();
      String range = "[{\"run\": \"r\", \"file\": \"a.jsonl\", \"from\": %d, \"to\": 100}]";
      int from = (n - 5) * 50;
      lake.manifest(
          n,
          manifest ->
              manifest.set("ranges", manifest.arrayNode().add(tree(range.formatted(from)).get(0))));
    }
    assertOnly(Violation.PART_TWICE, "file a.jsonl in run r after 50 up to 100");
  }

  @Test
  void doesNotJudgeWhatALateCommitBuildsOn() {
    // listed as the second time round, when the event's own commit had not come yet
    lake.commit(7).by(TWO).duplicate("unseen", "1").write();
    assertOnly(Violation.DUPLICATE_UNFOUNDED, LakeFixture.key("unseen"));
    LakeObjects growing = new Growing(lake.folder(), LakeFixture.id(7));
    assertThat(new Verification(growing, false).run().findings()).isEmpty();
  }

  private VerifyReport verify() {
    return new Verification(lake.folder(), false).run();
  }

  private void assertOnly(Violation violation, String example) {
    assertThat(verify().findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.violation()).isEqualTo(violation);
              assertThat(finding.count()).isEqualTo(1);
              assertThat(finding.examples().get(0)).contains(example);
            });
  }

  private static JsonNode tree(String json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A lake whose first listing lacks a marker. */
  private static final class Growing implements LakeObjects {
    private final LakeObjects lake;
    private final String hidden;
    private boolean listed;

    private Growing(LakeObjects lake, String hidden) {
      this.lake = lake;
      this.hidden = CommitNames.marker(hidden);
    }

    @Override
    public void list(String folder, Visitor visitor) {
      boolean first = !listed && folder.equals(CommitNames.MARKERS);
      listed |= first;
      lake.list(
          folder,
          (key, bytes) -> {
            if (!first || !key.equals(hidden)) {
              visitor.visit(key, bytes);
            }
          });
    }

    @Override
    public Map<String, byte[]> read(Collection<String> keys) {
      return lake.read(keys);
    }

    @Override
    public boolean exists(String key) {
      return lake.exists(key);
    }

    @Override
    public Fetched fetch(Collection<String> keys) {
      return lake.fetch(List.copyOf(keys));
    }

    @Override
    public Path file(String key) {
      return lake.file(key);
    }
  }
}
