package dev.wadi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wadi.lake.LakeFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class VerifyCommandTest {

  @TempDir Path data;
  private LakeFixture lake;

  @BeforeEach
  void openLake() {
    lake = new LakeFixture(data);
  }

  @Test
  void saysThatNothingHasLandedYet() {
    assertThat(verify())
        .isEqualTo(
            new CommandRun(
                0,
                "nothing has landed yet\n"
                    + "OK: every event received is accounted for, and landed once\n",
                ""));
  }

  @Test
  void saysThatAllIsWell() {
    landTrueLake();
    assertThat(verify())
        .isEqualTo(
            new CommandRun(
                0,
                """
                2 commits, 3 files

                  source             received     = landed + duplicates  + conflicts   + rejected   + filtered  (redelivered)
                  sqs:events                3            1            1            0            1            0            (0)
                  sqs:events-dlq            1            1            0            0            0            0            (0)
                  total                     4            2            1            0            1            0            (0)

                dead letters: 1 rejected, 1 archived, 0 still in the dead-letter queue
                OK: every event received is accounted for, and landed once
                """,
                ""));
  }

  @Test
  void namesWhatIsNotWell() {
    landTrueLake();
    lake.commit(3).event("a", "1").write();
    CommandRun run = verify();
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("1 events that landed more than once:\n  " + LakeFixture.key("a") + " 2 times")
        .endsWith("FAILED: the lake breaks its promise, or is damaged\n");
  }

  @Test
  void showsTheWritersIfThereAreSeveral() {
    landTrueLake();
    lake.commit(3).by("host/2/1").event("b", "1").event("c", "1").write();
    assertThat(verify().out())
        .contains(
            """

              writer     commits       events  first commit                last commit
              host/1/0         2            1  %1$s  %2$s
              host/2/1         1            2  %3$s  %3$s

            OK:"""
                .formatted(LakeFixture.id(1), LakeFixture.id(2), LakeFixture.id(3)));
  }

  @Test
  void showsTheLastOfManyWriters() {
    for (int n = 10; n < 35; n++) {
      lake.commit(n).by("host/" + n + "/1").event("e" + n, "1").write();
    }
    assertThat(verify().out())
        .contains("\n  (5 earlier ones)\n  host/15/1 ")
        .doesNotContain("host/14/1");
  }

  @Test
  void saysWhatIsWorthToBeKnown() {
    lake.commit(1).event("a", "1").part("shard", "1", "2").write();
    lake.commit(2).event("b", "1").part("shard", "5", "6").write();
    CommandRun run = verify();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("1 gaps in the lines of ordered sources", "  sqs:events shard after 5 up to 6 in")
        .contains("\nOK:");
  }

  @Test
  void refusesAProfileThatThereIsNot() {
    CommandRun run = verify("--profile", "moon");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("unknown profile 'moon': choose local or aws");
  }

  @Test
  void namesTheFirstAndCountsTheRest() {
    for (int n = 1; n <= 23; n++) {
      lake.commit(n).duplicate("nothing", "1").write();
    }
    assertThat(verify().out())
        .contains("23 duplicates of which no original has landed:\n")
        .contains("\n  and 3 more\n");
  }

  @Test
  void saysWhatItLeftOut() throws Exception {
    landTrueLake();
    lake.commit(3).event("b", "1").write();
    lake.openIntent(3);
    Files.delete(lake.file("_wadi/commits/" + LakeFixture.id(3) + ".json"));
    lake.write("events/x.parquet-0f0e0d0c-0000-4000-8000-00000000000a", "half");
    assertThat(verify().out())
        .contains(
            "2 commits, 3 files\n1 more in flight or not settled yet, left out\n1 unfinished uploads");
  }

  @Test
  void writesTheReportAsJson() throws Exception {
    landTrueLake();
    lake.commit(3).event("a", "1").write();
    CommandRun run = verify("--json", "--checksums");
    assertThat(run.exitCode()).isEqualTo(1);
    JsonNode report = new ObjectMapper().readTree(run.out());
    assertThat(report.get("ok").asBoolean()).isFalse();
    assertThat(report.get("total").get("landed").asLong()).isEqualTo(3);
    assertThat(report.get("sources").get("sqs:events").get("received").asLong()).isEqualTo(4);
    assertThat(report.get("dead_letters").get("archived").asLong()).isEqualTo(1);
    assertThat(report.get("writers").get(0).get("events").asLong()).isEqualTo(2);
    assertThat(report.get("notes")).isEmpty();
    assertThat(report.get("findings")).hasSize(1);
    assertThat(report.get("findings").get(0).get("violation").asText()).isEqualTo("landed_twice");
    assertThat(run.out().lines()).hasSize(1);
  }

  @Test
  void saysThatThereIsNoDataFolder() {
    CommandRun run = CommandRun.of(VerifyCommand::new, "--data", "no/such/folder");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("there is no data folder 'no/such/folder'");
  }

  private void landTrueLake() {
    lake.commit(1).event("a", "1").duplicate("a", "1").rejected("r").delivery("m1").write();
    lake.commit(2).from(LakeFixture.DLQ_SOURCE).deadLetter("r", "not_json", "{").write();
  }

  private CommandRun verify(String... options) {
    String[] arguments = java.util.Arrays.copyOf(options, options.length + 2);
    arguments[options.length] = "--data";
    arguments[options.length + 1] = data.toString();
    return CommandRun.of(VerifyCommand::new, arguments);
  }
}
