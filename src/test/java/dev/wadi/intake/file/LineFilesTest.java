package dev.wadi.intake.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.SetupException;
import dev.wadi.event.TransientException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class LineFilesTest {

  private static final Limits SMALL = new Limits(7, 20);

  @TempDir Path folder;

  @Test
  void aRecordIsALineAndItsPositionTheOffsetOfItsFirstByte() throws Exception {
    Path file = file("{\"a\":1}\n\n  {\"b\":2}\r\n \t\r\n{\"c\":3}");

    assertThat(Records.of(file, SMALL))
        .containsExactly(file + "@0 {\"a\":1}", file + "@11 {\"b\":2}", file + "@24 {\"c\":3}");
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstRecord() throws Exception {
    Path file = file("\uFEFF{\"a\":1}\n{\"b\":2}\n");

    assertThat(Records.of(file, SMALL))
        .containsExactly(file + "@3 {\"a\":1}", file + "@11 {\"b\":2}");
  }

  @Test
  void aRecordAboveTheLimitIsBrokenAndItsNeighboursAreNot() throws Exception {
    String large = "x".repeat(21);
    Path file = file("{}\n" + large + "\r\n" + "y".repeat(20) + "\r\n{}");

    assertThat(Records.of(file, SMALL))
        .containsExactly(
            file + "@0 {}",
            file
                + "@3 "
                + large.substring(1)
                + " (too_large, bytes, the record has 21 bytes; at most 20 are taken, and the"
                + " first 20 are kept here)",
            file + "@26 " + "y".repeat(20),
            file + "@48 {}");
  }

  @Test
  void anEmptyFileHasOneEmptyPiece() throws Exception {
    try (FileSource source = Records.source(List.of(Input.file(file("").toString())), SMALL)) {
      Piece piece = source.next();
      assertThat(piece.last()).isTrue();
      assertThat(piece.read().count()).isZero();
      assertThat(source.next()).isNull();
    }
  }

  @Test
  void whatCannotBeReadIsToldBeforeAnythingIsRead() throws Exception {
    Input good = Input.file(file("{}").toString());

    assertThatThrownBy(
            () -> Records.source(List.of(good, Input.file(folder + "/none.jsonl")), SMALL))
        .isInstanceOf(SetupException.class)
        .hasMessage("can't read " + folder + "/none.jsonl: there is no such file");
    assertThatThrownBy(() -> Records.source(List.of(good, Input.file(folder.toString())), SMALL))
        .isInstanceOf(SetupException.class)
        .hasMessage(
            "can't read "
                + folder
                + ": it is a folder; name the files in it, as in "
                + folder
                + "/*");
    assertThatThrownBy(() -> Records.source(List.of(good, good), SMALL))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("is given twice");
  }

  @Test
  void aFileThatChangesWhileItIsReadIsAnError() throws Exception {
    Path file = file("{\"a\":1}\n".repeat(10));
    try (FileSource source = Records.source(List.of(Input.file(file.toString())), SMALL)) {
      source.next().read();
      Piece next = source.next();
      Files.writeString(file, "{}\n");

      assertThatThrownBy(next::read)
          .isInstanceOf(TransientException.class)
          .hasMessageContaining(file + " was changed while it was read");
    }
  }

  private Path file(String content) throws Exception {
    Path file = folder.resolve("in.jsonl");
    return Files.write(file, content.getBytes(StandardCharsets.UTF_8));
  }
}
