package dev.wadi.intake.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.SetupException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class DetectionTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "in.jsonl | {\"a\":1} | JSON_LINES",
        "in.csv | {\"a\":1} | JSON_LINES",
        "in.json | [{\"a\":1}] | JSON",
        "in.jsonl | [{\"a\":1}] | JSON",
        "in.json | {#  \"a\":1#} | JSON",
        "in.json | {#} | JSON",
        "in.jsonl | {#{\"a\":1} | JSON_LINES",
        "in.csv | id | CSV",
        "IN.CSV.gz | id | CSV",
        "in | id,type#1,build | CSV",
        "in | \"id\",\"the type\"#1,build | CSV",
        "in.txt | id;type#1;build | JSON_LINES",
        "in.txt | id,#1,build | JSON_LINES",
        "in.txt | id,id#1,build | JSON_LINES",
        "in.txt | \"id\":1,\"b\":2}#{} | JSON_LINES",
        "in.json | id,type#1,build | JSON_LINES",
        "in.ndjson.zst | id,type#1,build | JSON_LINES",
        "in.csv | `` | JSON_LINES",
      })
  void theContentTellsTheFormatAndTheNameHelpsWhereItDoesNot(
      String name, String content, Format expected) {
    byte[] head = (content == null ? "" : content.replace('#', '\n')).getBytes(UTF_8);

    assertThat(new ContentHead(head, true).format(name)).isEqualTo(expected);
  }

  @Test
  void theFormatCanBeForced() throws Exception {
    Path file = Files.writeString(folder.resolve("in"), "[1]\n[2]\n");
    List<Input> inputs = List.of(Input.file(file.toString()));

    try (FileSource source =
        FileSource.open(inputs, Format.parse("jsonl"), Resume.NOTHING, Limits.DEFAULT)) {
      assertThat(source.files().get(0).format()).isEqualTo(Format.JSON_LINES);
      assertThat(Records.of(source)).containsExactly(file + "@0 [1]", file + "@4 [2]");
    }
    assertThatThrownBy(() -> Format.parse("xml"))
        .isInstanceOf(SetupException.class)
        .hasMessage("unknown input format xml: choose one of jsonl, json, csv");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PK\3\4....", "\u00FD7zXZ\0", "BZh9", "PAR1", "Obj\1"})
  void aFileOfAnotherKindIsASetUpError(String content) throws Exception {
    Path file = Files.write(folder.resolve("in"), content.getBytes(ISO_8859_1));

    assertThatThrownBy(() -> Records.of(file, Limits.DEFAULT))
        .isInstanceOf(SetupException.class)
        .hasMessageMatching("can't read .*/in: it is an? .+: (unpack|convert) it.* first");
  }

  @Test
  void aPipeIsReadLikeStandardInput() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Process writer = new ProcessBuilder("sh", "-c", "printf '{}\\n[]' > '" + pipe + "'").start();

    List<Input> inputs = List.of(Input.file(pipe.toString()));
    try (FileSource source = Records.source(inputs, Limits.DEFAULT)) {
      assertThat(source.totalBytes()).isEqualTo(-1);
      assertThat(source.files().get(0).fingerprint()).isEmpty();
      assertThat(Records.of(source)).containsExactly(pipe + "@0 {}", pipe + "@3 []");
    }
    assertThat(writer.waitFor()).isZero();
  }
}
