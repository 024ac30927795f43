package dev.wadi.intake.file;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is held at a time depends on the limits and not on the input. */
@Tag("unit")
class BoundedMemoryTest {

  private static final Limits LIMITS = new Limits(1 << 20, 1 << 18);
  private static final long MUCH = 60L << 20;

  @TempDir Path folder;

  /** The begin, then one text again and again, then the end. */
  private static final class Endless extends InputStream {

    private final byte[] begin;
    private final byte[] repeated;
    private final byte[] end;
    private final long repeatedBytes;
    private long position;

    Endless(String begin, String repeated, long times, String end) {
      this.begin = begin.getBytes(US_ASCII);
      this.repeated = repeated.getBytes(US_ASCII);
      this.end = end.getBytes(US_ASCII);
      this.repeatedBytes = times * this.repeated.length;
    }

    @Override
    public int read() {
      long at = position++;
      if (at < begin.length) {
        return begin[(int) at];
      }
      at -= begin.length;
      if (at < repeatedBytes) {
        return repeated[(int) (at % repeated.length)];
      }
      at -= repeatedBytes;
      return at < end.length ? end[(int) at] : -1;
    }

    @Override
    public int read(byte[] bytes, int from, int length) {
      for (int i = 0; i < length; i++) {
        int next = read();
        if (next < 0) {
          return i == 0 ? -1 : i;
        }
        bytes[from + i] = (byte) next;
      }
      return length;
    }
  }

  /** Reads all, and shows the broken records and how many whole ones there are. */
  private static List<String> read(FileSource source, int mostBytes) {
    List<String> told = new ArrayList<>();
    long whole = 0;
    for (Piece piece = source.next(); piece != null; piece = source.next()) {
      Block block = piece.read();
      assertThat(block.bytes().length).isLessThanOrEqualTo(mostBytes);
      for (int n = 0; n < block.count(); n++) {
        Broken broken = block.broken(n);
        if (broken != null) {
          told.add(block.position(n) + " " + broken.reason() + " " + broken.message());
          assertThat(block.end(n) - block.start(n)).isLessThanOrEqualTo(LIMITS.keptBytes());
        } else {
          whole++;
        }
      }
    }
    told.add(whole + " whole");
    return told;
  }

  private static List<String> read(Endless content) {
    List<Input> inputs = List.of(Input.standardInput(content));
    try (FileSource source = Records.source(inputs, LIMITS)) {
      // a piece, and what may stand behind it of a record and a read
      return read(source, LIMITS.pieceBytes() + 2 * LIMITS.maxRecordBytes() + (128 << 10));
    }
  }

  @Test
  void aStringWithoutEndIsNotHeld() {
    long length = MUCH + "{\"s\":\"\"}".length();
    String large =
        "too_large the record has "
            + length
            + " bytes; at most 262144 are taken, and the first 65536 are kept here";

    assertThat(read(new Endless("{}\n{\"s\":\"", "x", MUCH, "\"}\n{}")))
        .containsExactly("-@3 " + large, "2 whole");
    assertThat(read(new Endless("[{},{\"s\":\"", "x", MUCH, "\"},{}]")))
        .containsExactly("-@4 " + large, "2 whole");
  }

  @Test
  void manyElementsOfOneArrayAreNotHeld() {
    assertThat(read(new Endless("[0", ",{\"n\":[1,\"]\"]}", MUCH / 15, "]")))
        .containsExactly((MUCH / 15 + 1) + " whole");
  }

  @Test
  void bracketsWithoutEndAreNotHeld() {
    assertThat(read(new Endless("[1,", "[", MUCH, "")))
        .containsExactly(
            "-@3 broken_array the content ends within an array at byte "
                + (MUCH + 3)
                + "; all from byte 3 on is taken as one record",
            "1 whole");
  }

  @Test
  void whatComesBehindABreakIsNotHeld() {
    assertThat(read(new Endless("[1;", " {}", MUCH / 3, "")))
        .hasSize(2)
        .last()
        .isEqualTo("1 whole");
  }

  @Test
  void aQuoteThatIsNotClosedIsNotHeld() {
    assertThat(read(new Endless("a,b\n1,2\n3,\"", "4\n", MUCH / 2, "")))
        .hasSize(2)
        .last()
        .isEqualTo("1 whole");
  }

  @Test
  void blankLinesWithoutEndAreNotHeld() {
    assertThat(read(new Endless("{}", "\n ", MUCH / 2, "{}"))).containsExactly("2 whole");
  }

  @Test
  void aLineOfAPlainFileThatIsLongerThanMemoryIsNotHeld() throws Exception {
    Path file = folder.resolve("in.jsonl");
    Files.writeString(file, "{}\n{\"zeros\":");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(16 * MUCH);
      sparse.seek(16 * MUCH);
      sparse.write("\n{}".getBytes(US_ASCII));
    }

    try (FileSource source = Records.source(List.of(Input.file(file.toString())), LIMITS)) {
      assertThat(read(source, 2 * LIMITS.pieceBytes()))
          .containsExactly(
              file
                  + "@3 too_large the record has "
                  + (16 * MUCH - 3)
                  + " bytes; at most 262144 are taken, and the first 65536 are kept here",
              "2 whole");
    }
  }

  @Test
  void manyColumnsWithLongNamesDoNotMakeAPieceLarge() {
    StringBuilder header = new StringBuilder("c0");
    StringBuilder row = new StringBuilder("1");
    for (int i = 1; i < 200; i++) {
      header.append(",c").append("x".repeat(250)).append(i);
      row.append(",1");
    }
    List<Input> inputs =
        List.of(Input.standardInput(new Endless(header + "\n", row + "\n", 20_000, "")));
    try (FileSource source = Records.source(inputs, LIMITS)) {
      assertThat(read(source, 32 * LIMITS.pieceBytes())).containsExactly("20000 whole");
    }
  }
}
