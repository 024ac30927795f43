package dev.wadi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.lake.LakeFixture;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class DeadLettersCommandTest {

  @TempDir Path data;
  private LakeFixture lake;

  @BeforeEach
  void makeLake() {
    lake = new LakeFixture(data);
    lake.commit(1)
        .from(LakeFixture.DLQ_SOURCE)
        .deadLetter("first", "not_json", "{\"a\": \"é\"")
        .deadLetter("second", "missing_field", "\u001b[2J")
        .deadLetter("large", "not_json", "NULL::VARCHAR", "'dead_letters_bytes/large.bin'")
        .write();
    lake.write("dead_letters_bytes/large.bin", "large indeed");
  }

  @Test
  void listsTheNewestFirst() {
    assertThat(run("list"))
        .isEqualTo(
            new CommandRun(
                0,
                """
                 dead_letter_id                   | first_seen           | state | source     | reason        | message
                ----------------------------------+----------------------+-------+------------+---------------+--------------
                 %s | 2026-11-02T10:00:02Z | open  | sqs:events | not_json      | it is broken
                 %s | 2026-11-02T10:00:01Z | open  | sqs:events | missing_field | it is broken
                 %s | 2026-11-02T10:00:00Z | open  | sqs:events | not_json      | it is broken
                (3 rows)
                """
                    .formatted(
                        LakeFixture.key("large"),
                        LakeFixture.key("second"),
                        LakeFixture.key("first")),
                ""));
  }

  @Test
  void listsThoseOfAReasonAndASource() {
    assertThat(run("list", "--reason", "missing_field").out())
        .contains(LakeFixture.key("second"))
        .endsWith("(1 row)\n");
    assertThat(run("list", "--source", "sqs:other").out()).endsWith("(0 rows)\n");
    assertThat(run("list", "--reason", "not_json", "--source", "sqs:events", "--limit", "1").out())
        .contains(LakeFixture.key("large"))
        .endsWith("(1 row)\n");
    assertThat(run("list", "--reason", "' OR true --").out()).endsWith("(0 rows)\n");
  }

  @Test
  void listsEverythingButTheBytesForPrograms() {
    assertThat(run("list", "--format", "json", "--limit", "1").out())
        .isEqualTo(
            "{\"dead_letter_id\":\""
                + LakeFixture.key("large")
                + "\",\"first_seen\":\"2026-11-02T10:00:02Z\",\"state\":\"open\",\"replayed\":0,\"replayed_at\":null,\"source\":\"sqs:events\","
                + "\"position\":\"m1#0\",\"shape\":\"cdevents\",\"attempts\":1,"
                + "\"reason\":\"not_json\",\"rule\":\"context.id\",\"stage\":\"decode\","
                + "\"message\":\"it is broken\"}\n");
  }

  @Test
  void showsOneWithItsTextByTheFirstDigitsOfItsId() {
    CommandRun run = run("show", LakeFixture.key("first").substring(0, 8));
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("dead_letter_id  " + LakeFixture.key("first") + "\n")
        .contains("reason          not_json\n")
        .contains("source_position sqs:events-dlq d0\n")
        .doesNotContain("base64")
        .endsWith("\noriginal bytes (10):\n{\"a\": \"é\"\n");
  }

  @Test
  void showsBytesThatAreNoTextAsAHexDump() {
    assertThat(run("show", LakeFixture.key("second")).out())
        .endsWith(
            "original bytes (4):\n"
                + "00000000  1b 5b 32 4a                                      |.[2J|\n");
  }

  @Test
  void showsBytesThatAnObjectHolds() {
    assertThat(run("show", LakeFixture.key("large")).out())
        .contains("bytes_object    dead_letters_bytes/large.bin\n")
        .endsWith("original bytes (12):\nlarge indeed\n");
  }

  @Test
  void saysThatTheObjectIsGone() throws Exception {
    java.nio.file.Files.delete(lake.file("dead_letters_bytes/large.bin"));
    assertFails(
        run("show", LakeFixture.key("large")), "dead_letters_bytes/large.bin can't be read");
  }

  @Test
  void readsNoFileOutsideOfTheLake() throws Exception {
    java.nio.file.Files.writeString(data.resolve("secret"), "secret");
    lake.commit(2)
        .from(LakeFixture.DLQ_SOURCE)
        .deadLetter("evil", "not_json", "NULL::VARCHAR", "'events/../../secret'")
        .write();
    assertFails(run("show", LakeFixture.key("evil")), "events/../../secret can't be read");
  }

  @Test
  void saysThatThereIsNoSuchDeadLetter() {
    assertFails(run("show", "zzz"), "no dead letter 'zzz' is archived");
  }

  @Test
  void asksForMoreDigits() {
    assertFails(run("show", ""), "several dead letters begin with ''");
  }

  @Test
  void asksWhatToDo() {
    assertThat(CommandRun.of(DeadLettersCommand::new).exitCode()).isEqualTo(2);
    assertThat(run("list", "--limit", "0").exitCode()).isEqualTo(2);
    assertThat(run("show").exitCode()).isEqualTo(2);
  }

  private static void assertFails(CommandRun run, String message) {
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("wadi: ").contains(message);
    assertThat(run.err().lines()).hasSize(1);
  }

  private CommandRun run(String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--data";
    all[arguments.length + 1] = data.toString();
    return CommandRun.of(DeadLettersCommand::new, all);
  }
}
