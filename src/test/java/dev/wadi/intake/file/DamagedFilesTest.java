package dev.wadi.intake.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Of a packed file that is damaged, what can be read lands, and one record tells of the rest. */
@Tag("unit")
class DamagedFilesTest {

  private static final Limits LIMITS = new Limits(500, 1 << 20);

  @TempDir Path folder;

  @Test
  void recordsBeforeADamagedGzipMemberAreReadAndTheRestIsOneThatNamesTheOffsets() {
    byte[] first = Packed.GZIP.pack("{\"a\":1}\n{\"b\":2}\n{\"c".getBytes(UTF_8));
    byte[] second = Packed.GZIP.pack("\":3}\n{\"d\":4}\n".getBytes(UTF_8));
    second[10] = (byte) 0xFF;

    assertThat(Records.of(concat(first, second), LIMITS))
        .containsExactly(
            "-@0 {\"a\":1}",
            "-@8 {\"b\":2}",
            "-@16 {\"c (corrupt_gzip, null, gzip data is damaged at byte "
                + (first.length + 11)
                + " of the file: invalid block type; the content from byte 16 on can't be read)");
  }

  @Test
  void recordsBeforeADamagedZstdBlockAreReadAndTheRestIsOneThatNamesTheOffsets() {
    byte[] first = Packed.ZSTD.pack("{\"a\":1}\n{\"b\":2}\n{\"c".getBytes(UTF_8));
    byte[] second = Packed.ZSTD.pack("\":3}\n{\"d\":4}\n".getBytes(UTF_8));
    second[second.length - 1] ^= 1;

    assertThat(Records.of(concat(first, second), LIMITS))
        .containsExactly(
            "-@0 {\"a\":1}",
            "-@8 {\"b\":2}",
            "-@16 {\"c\":3}",
            "-@24 {\"d\":4}",
            "-@32  (corrupt_zstd, null, zstd data is damaged at byte "
                + (first.length + second.length - 4)
                + " of the file: Restored data doesn't match checksum; the content from byte 32 on"
                + " can't be read)");
  }

  @ParameterizedTest
  @EnumSource(value = Packed.class, names = "PLAIN", mode = Mode.EXCLUDE)
  void aFileThatEndsTooEarlyGivesAllThatIsWholeAndOneRecordThatTellsOfTheRest(Packed packed) {
    byte[] whole = packed.packInMembers(lines(60).getBytes(UTF_8), new Random(7));
    List<String> all = Records.of(whole, LIMITS);
    String name = packed.name().toLowerCase(java.util.Locale.ROOT);

    for (int length = 4; length < whole.length; length++) {
      List<String> records = Records.of(Arrays.copyOf(whole, length), LIMITS);

      List<String> told = records.stream().filter(r -> r.contains("truncated_" + name)).toList();
      List<String> read = records.subList(0, records.size() - told.size());
      // a file that ends where a member does is whole
      assertThat(told.size()).as("cut at " + length).isLessThanOrEqualTo(1);
      assertThat(all.subList(0, read.size()))
          .as("cut at " + length)
          .containsExactlyElementsOf(told.isEmpty() ? withoutLast(read, all) : read);
    }
  }

  // a member may end in the middle of a line, which then is a record
  private static List<String> withoutLast(List<String> read, List<String> all) {
    int last = read.size() - 1;
    return read.get(last).equals(all.get(last))
        ? read
        : concat(read.subList(0, last), all.get(last));
  }

  private static List<String> concat(List<String> records, String one) {
    java.util.ArrayList<String> all = new java.util.ArrayList<>(records);
    all.add(one);
    return all;
  }

  @ParameterizedTest
  @EnumSource(value = Packed.class, names = "PLAIN", mode = Mode.EXCLUDE)
  void anyByteThatIsWrongIsToldOnceAndTheSameWayInPiecesOfAnySize(Packed packed) {
    byte[] whole = packed.packInMembers(lines(60).getBytes(UTF_8), new Random(7));
    List<String> all = Records.of(whole, LIMITS);
    Random random = new Random(3);
    int noticed = 0;
    for (int at = 4; at < whole.length; at++) {
      byte[] wrong = whole.clone();
      wrong[at] ^= (byte) (1 << random.nextInt(8));

      List<String> records = Records.of(wrong, LIMITS);

      long told = records.stream().filter(DamagedFilesTest::tellsOfDamage).count();
      assertThat(told).as("byte " + at).isLessThanOrEqualTo(1);
      if (told == 1) {
        noticed++;
        assertThat(tellsOfDamage(records.get(records.size() - 1))).isTrue();
      } else {
        assertThat(records).as("byte " + at).isEqualTo(all);
      }
      Records.assertSame(
          Records.of(wrong, new Limits(1 + random.nextInt(99), 1 << 20)), records, "byte " + at);
    }
    // all but what says nothing about the content, such as the time in the header of gzip
    assertThat(noticed).isGreaterThan(whole.length / 2);
  }

  @Test
  void theBlocksOfAZstdFrameBeforeADamagedOneAreNotLost() {
    // blocks have 128 KiB of content; the flipped byte is in the last of them
    String content = randomLines(400 << 10);
    byte[] wrong = Packed.ZSTD.pack(content.getBytes(UTF_8));
    wrong[wrong.length - 2000] ^= 0x40;

    List<String> records = Records.of(wrong, Limits.DEFAULT);

    String last = records.get(records.size() - 1);
    assertThat(last).contains("(corrupt_zstd, null, zstd data is damaged at byte");
    long offset = Long.parseLong(last.substring(2, last.indexOf(' ')));
    assertThat(offset).isBetween(384L * 1024 - 200, 384L * 1024);
  }

  @Test
  void theFileBehindADamagedOneIsRead() throws Exception {
    byte[] wrong = Packed.GZIP.pack(lines(9).getBytes(UTF_8));
    Path damaged = Files.write(folder.resolve("a.gz"), Arrays.copyOf(wrong, 30));
    Path good = Files.writeString(folder.resolve("b"), "{}\n");

    List<Input> inputs = List.of(Input.file(damaged.toString()), Input.file(good.toString()));
    try (FileSource source = Records.source(inputs, LIMITS)) {
      assertThat(Records.of(source)).hasSizeGreaterThan(1).endsWith(good + "@0 {}");
    }
  }

  @Test
  void aPackedFileWithoutBytesOrWithADamagedBeginIsTold() throws Exception {
    Path empty = Files.write(folder.resolve("in.json.gz"), new byte[0]);
    assertThat(Records.of(empty, LIMITS))
        .containsExactly(
            empty
                + "@0  (truncated_gzip, null, gzip data is damaged at byte 0 of the file: the file"
                + " ends in a header; the content from byte 0 on can't be read)");
    Path zeros = Files.write(folder.resolve("in.json.zst"), new byte[10]);
    assertThat(Records.of(zeros, LIMITS))
        .containsExactly(
            zeros
                + "@0  (corrupt_zstd, null, zstd data is damaged at byte 0 of the file: no zstd"
                + " frame begins here; the content from byte 0 on can't be read)");
    Path text = Files.writeString(folder.resolve("unpacked.json.gz"), "{}");
    assertThat(Records.of(text, LIMITS)).containsExactly(text + "@0 {}");
  }

  @Test
  void gzipMayHaveANameAndACommentAndBePaddedWithZeros() {
    byte[] plain = Packed.GZIP.pack("{}\n".getBytes(UTF_8));
    byte[] header = {0x1F, (byte) 0x8B, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 0, 2, 0, 9, 9};
    byte[] texts = "in.json\0a comment\0XX".getBytes(UTF_8);
    byte[] body = Arrays.copyOfRange(plain, 10, plain.length);
    byte[] file = concat(concat(concat(header, texts), body), new byte[512]);

    assertThat(Records.of(file, LIMITS)).containsExactly("-@0 {}");
    assertThat(Records.of(concat(file, new byte[] {1}), LIMITS))
        .hasSize(2)
        .last()
        .asString()
        .contains("corrupt_gzip", "no gzip header stands here");
    for (int length = 2; length < header.length + texts.length; length++) {
      assertThat(Records.of(Arrays.copyOf(file, length), LIMITS))
          .hasSize(1)
          .first()
          .asString()
          .contains("truncated_gzip");
    }
  }

  @Test
  void zstdMayHaveFramesThatAreToBeSkipped() {
    byte[] skipped = {0x53, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 'x', 'y', 'z'};
    byte[] none = {0x50, 0x2A, 0x4D, 0x18, 0, 0, 0, 0};
    byte[] content = Packed.ZSTD.pack("{}\n".getBytes(UTF_8));

    assertThat(Records.of(concat(concat(skipped, content), none), LIMITS))
        .containsExactly("-@0 {}");
    assertThat(Records.of(concat(content, "no frame".getBytes(UTF_8)), LIMITS))
        .hasSize(2)
        .last()
        .asString()
        .contains("corrupt_zstd", "no zstd frame begins here");
  }

  @Test
  void damageWithinAnArrayIsToldOnce() {
    byte[] wrong = Packed.GZIP.pack("[{\"a\":1},{\"b\":2},{\"c\":3}]".getBytes(UTF_8));

    assertThat(Records.of(Arrays.copyOf(wrong, wrong.length - 8), LIMITS))
        .hasSize(4)
        .last()
        .asString()
        .startsWith("-@25  (truncated_gzip");
  }

  private static boolean tellsOfDamage(String record) {
    return record.contains("(corrupt_") || record.contains("(truncated_");
  }

  private static String lines(int count) {
    return IntStream.range(0, count)
        .mapToObj(n -> "{\"n\":" + n + ",\"hash\":" + (n * 7919L * 104729L) + "}\n")
        .collect(Collectors.joining());
  }

  private static String randomLines(int bytes) {
    Random random = new Random(5);
    StringBuilder lines = new StringBuilder();
    while (lines.length() < bytes) {
      lines.append("{\"n\":").append(random.nextLong()).append("}\n");
    }
    return lines.toString();
  }

  private static byte[] concat(byte[] one, byte[] other) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(one);
    both.writeBytes(other);
    return both.toByteArray();
  }
}
