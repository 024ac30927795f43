package dev.wadi.intake.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A file gives the same records at the same offsets however it is read. */
@Tag("unit")
class RereadTest {

  private static final int MAX_RECORD_BYTES = 300;
  private static final int ROUNDS = 150;

  @TempDir Path folder;

  /** Records by a rule so simple that it can be seen to be right. */
  private static List<String> lines(byte[] content, String name) {
    List<String> records = new ArrayList<>();
    String text = new String(content, StandardCharsets.ISO_8859_1);
    int at = text.startsWith("\u00EF\u00BB\u00BF") ? 3 : 0;
    while (at < text.length()) {
      int newline = text.indexOf('\n', at);
      int end = newline < 0 ? text.length() : newline;
      String line = text.substring(at, end);
      int blanks = line.length() - line.replaceFirst("^[ \t\r]+", "").length();
      String record = line.substring(blanks).replaceFirst("\r$", "");
      if (!record.isEmpty()) {
        Limits limits = new Limits(1, MAX_RECORD_BYTES);
        boolean large = record.length() > MAX_RECORD_BYTES;
        records.add(
            Records.record(
                name + "@" + (at + blanks),
                large ? record.substring(0, MAX_RECORD_BYTES) : record,
                large ? limits.tooLarge(record.length()) : null));
      }
      at = end + 1;
    }
    return records;
  }

  @ParameterizedTest
  @EnumSource(Packed.class)
  void linesAreTheSameInPiecesOfAnySizeAndOnAnyThread(Packed packed) throws Exception {
    for (int seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      byte[] content = randomLines(random);
      Path file = folder.resolve("in.jsonl" + packed.extension);
      Files.write(file, packed.packInMembers(content, random));
      List<String> expected = lines(content, file.toString());

      try (FileSource source = source(file, random, Resume.NOTHING)) {
        Records.assertSame(Records.inParallel(source), expected, "seed " + seed);
      }
    }
  }

  @Test
  void standardInputGivesTheSameRecordsAsAFile() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      byte[] content = randomLines(random);

      Records.assertSame(Records.of(content, limits(random)), lines(content, "-"), "seed " + seed);
    }
  }

  @ParameterizedTest
  @EnumSource(Packed.class)
  void readingGoesOnBehindAnyPieceAsIfItHadNotStopped(Packed packed) throws Exception {
    for (int seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      int kind = random.nextInt(3);
      byte[] content =
          kind == 0
              ? randomLines(random)
              : kind == 1 ? RandomJson.array(random).content() : RandomCsv.of(random).content();
      Path file = folder.resolve((kind == 2 ? "in.csv" : "in.jsonl") + packed.extension);
      Files.write(file, packed.pack(content));
      List<String> expected = new ArrayList<>();
      List<String> actual = new ArrayList<>();
      Piece stop;
      try (FileSource source = source(file, random, Resume.NOTHING)) {
        List<Piece> pieces = Records.pieces(source);
        int stopped = random.nextInt(pieces.size());
        stop = pieces.get(stopped);
        for (int i = 0; i < pieces.size(); i++) {
          List<String> records = Records.of(pieces.get(i).read());
          expected.addAll(records);
          actual.addAll(i <= stopped ? records : List.of());
        }
      }
      Resume resume = resume(file, stop);
      try (FileSource source = source(file, random, resume)) {
        actual.addAll(Records.of(source));
      }
      Records.assertSame(actual, expected, "seed " + seed);
    }
  }

  @ParameterizedTest
  @EnumSource(Packed.class)
  void piecesCoverAFileWithoutGapOrOverlap(Packed packed) throws Exception {
    for (int seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      byte[] content = randomLines(random);
      Path file = folder.resolve("in.jsonl" + packed.extension);
      Files.write(file, packed.packInMembers(content, random));

      try (FileSource source = source(file, random, Resume.NOTHING)) {
        long end = 0;
        long diskBytes = 0;
        List<Piece> pieces = Records.pieces(source);
        for (Piece piece : pieces) {
          assertThat(piece.from()).isEqualTo(end);
          assertThat(piece.last()).isEqualTo(piece == pieces.get(pieces.size() - 1));
          assertThat(piece.diskBytes()).isNotNegative();
          end = piece.to();
          diskBytes += piece.diskBytes();
        }
        assertThat(end).isEqualTo(content.length);
        assertThat(diskBytes).isEqualTo(source.totalBytes()).isEqualTo(Files.size(file));
      }
    }
  }

  @Test
  void aFinishedFileIsNotReadAgainUnlessItHasChanged() throws Exception {
    Path file = folder.resolve("in.jsonl");
    Files.writeString(file, "{}\n{}\n");
    Random random = new Random(1);
    Resume resume;
    try (FileSource source = source(file, random, Resume.NOTHING)) {
      List<Piece> pieces = Records.pieces(source);
      resume = resume(file, pieces.get(pieces.size() - 1));
    }

    try (FileSource source = source(file, random, resume)) {
      assertThat(source.totalBytes()).isZero();
      assertThat(source.next()).isNull();
    }
    Files.writeString(file, "[]\n[]\n[]\n");
    try (FileSource source = source(file, random, resume)) {
      assertThat(source.totalBytes()).isEqualTo(9);
      assertThat(Records.of(source)).isEmpty();
    }
    Files.writeString(file, "{\"a\":1}\n{}\n{}\n");
    try (FileSource source = source(file, random, resume)) {
      assertThat(Records.of(source)).hasSize(3);
    }
  }

  private static Resume resume(Path file, Piece upTo) {
    Input input = Input.file(file.toString());
    try (FileSource source = Records.source(List.of(input), Limits.DEFAULT)) {
      String fingerprint = source.files().get(0).fingerprint();
      Resume.Point point = new Resume.Point(fingerprint, upTo.to(), upTo.last());
      return new Resume(Map.of(input.name(), point));
    }
  }

  private static FileSource source(Path file, Random random, Resume resume) {
    return FileSource.open(List.of(Input.file(file.toString())), null, resume, limits(random));
  }

  private static Limits limits(Random random) {
    return new Limits(1 + random.nextInt(random.nextBoolean() ? 40 : 2000), MAX_RECORD_BYTES);
  }

  private static byte[] randomLines(Random random) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    if (random.nextInt(4) == 0) {
      content.writeBytes("\uFEFF".getBytes(StandardCharsets.UTF_8));
    }
    int lines = random.nextInt(60);
    for (int i = 0; i < lines; i++) {
      if (random.nextInt(6) == 0) {
        content.writeBytes(" \t\r".repeat(random.nextInt(3)).getBytes(StandardCharsets.UTF_8));
      }
      switch (random.nextInt(6)) {
        case 0 -> {}
        case 1 -> content.writeBytes(noise(random, 1 + random.nextInt(20)));
        case 2 ->
            content.writeBytes(("x".repeat(random.nextInt(700))).getBytes(StandardCharsets.UTF_8));
        default ->
            content.writeBytes(
                ("{\"n\":"
                        + i
                        + ",\"ü\":\""
                        + "\u00e9\u4e16\ud83d\ude00 ".repeat(random.nextInt(9)))
                    .concat("\"}")
                    .getBytes(StandardCharsets.UTF_8));
      }
      if (i < lines - 1 || random.nextBoolean()) {
        content.writeBytes((random.nextInt(3) == 0 ? "\r\n" : "\n").getBytes());
      }
    }
    byte[] bytes = content.toByteArray();
    // what the format is told by must not be left to chance
    return new String(bytes, StandardCharsets.ISO_8859_1).isBlank()
        ? "{}".getBytes(StandardCharsets.UTF_8)
        : concat("{\"first\":0}\n", bytes);
  }

  private static byte[] concat(String first, byte[] rest) {
    boolean marked = rest.length > 2 && rest[0] == (byte) 0xEF && rest[1] == (byte) 0xBB;
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(rest, 0, marked ? 3 : 0);
    all.writeBytes(first.getBytes(StandardCharsets.UTF_8));
    all.write(rest, marked ? 3 : 0, rest.length - (marked ? 3 : 0));
    return all.toByteArray();
  }

  private static byte[] noise(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
