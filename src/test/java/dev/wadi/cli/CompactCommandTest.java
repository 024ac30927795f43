package dev.wadi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wadi.lake.LakeFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class CompactCommandTest {

  @TempDir Path data;
  private LakeFixture lake;

  @BeforeEach
  void makeLake() {
    lake = new LakeFixture(data);
    for (int n = 1; n <= 3; n++) {
      lake.commit(n).event("e" + n, "1").write();
    }
  }

  @Test
  void saysWhatItDid() {
    CommandRun run = compact("--keep", "0s");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("joined 3 files of 1 partitions into 1: 3 rows, ")
        .endsWith("; deleted 3 replaced files\n");
  }

  @Test
  void saysItAsJsonWhenAsked() throws Exception {
    CommandRun run = compact("--json");

    JsonNode report = new ObjectMapper().readTree(run.out());
    assertThat(report.get("partitions").asInt()).isEqualTo(1);
    assertThat(report.get("files_before").asInt()).isEqualTo(3);
    assertThat(report.get("files_after").asInt()).isEqualTo(1);
    assertThat(report.get("rows").asInt()).isEqualTo(3);
    assertThat(report.get("files_deleted").asInt()).isZero();
    assertThat(report.get("failures")).isEmpty();
    assertThat(run.err()).isEmpty();
  }

  @Test
  void leavesAPartitionWithFewerFilesThanToldTo() {
    assertThat(compact("--min-files", "4").err()).startsWith("joined 0 files of 0 partitions");
  }

  @Test
  void failsAndSaysWhatItCouldNotJoin() throws Exception {
    Files.write(
        lake.file(
            "events/event_type=change/event_date=2026-11-01/" + LakeFixture.id(1) + "-0.parquet"),
        new byte[100]);

    CommandRun run = compact();

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains("wadi: not joined: events/event_type=change/event_date=2026-11-01/*.parquet: ");
  }

  @Test
  void refusesAFolderThatIsNotThere() {
    CommandRun run = CommandRun.of(CompactCommand::new, "--data", data.resolve("none").toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "wadi: there is no data folder '%s': name another with --data\n"
                .formatted(data.resolve("none")));
    assertThat(data.resolve("none")).doesNotExist();
  }

  @Test
  void refusesValuesThatItsSettingsDoNotTake() {
    assertThat(compact("--keep", "soon").exitCode()).isEqualTo(2);
    assertThat(compact("--keep", "soon").err())
        .contains("--keep is 'soon': it must be a time span");
    assertThat(compact("--profile", "cloud").err()).contains("choose local or aws");
  }

  private CommandRun compact(String... options) {
    List<String> arguments = new ArrayList<>(List.of("--data", data.toString()));
    arguments.addAll(List.of(options));
    return CommandRun.of(CompactCommand::new, arguments.toArray(String[]::new));
  }
}
