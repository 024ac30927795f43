package dev.wadi.land.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.land.format.Compression;
import dev.wadi.land.format.FileStats;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("unit")
class TextJoinerTest {

  private static final long LARGE = 1 << 30;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(
      value = Compression.class,
      names = {"ZSTD", "GZIP", "NONE"})
  void letsTheLinesOfOneFileFollowThoseOfTheOther(Compression compression) throws Exception {
    List<FileStats> joined =
        join(
            new JsonLinesJoiner(compression, LARGE),
            compression,
            "{\"a\":1}\n{\"a\":\"\\n\"}\n",
            "{\"b\":\"ä\"}\n");

    assertThat(joined).hasSize(1);
    assertThat(joined.get(0).rows()).isEqualTo(3);
    assertThat(joined.get(0).file().toString()).endsWith("0.jsonl" + compression.suffix());
    assertThat(text(joined, compression)).isEqualTo("{\"a\":1}\n{\"a\":\"\\n\"}\n{\"b\":\"ä\"}\n");
  }

  @Test
  void fillsFilesOfLinesUpToTheTarget() throws Exception {
    String line = "{\"a\":\"" + "x".repeat(300) + "\"}\n";

    List<FileStats> joined =
        join(
            new JsonLinesJoiner(Compression.NONE, 200_000),
            Compression.NONE,
            line.repeat(1000),
            line.repeat(1001));

    assertThat(joined).hasSizeGreaterThan(2);
    assertThat(joined.stream().mapToLong(FileStats::rows).sum()).isEqualTo(2001);
    for (FileStats file : joined.subList(0, joined.size() - 1)) {
      assertThat(file.bytes()).isBetween(200_000L, 300_000L);
      assertThat(text(List.of(file), Compression.NONE)).isEqualTo(line.repeat((int) file.rows()));
    }
  }

  @Test
  void putsTheCellsOfACsvFileUnderTheirColumns() throws Exception {
    List<FileStats> joined =
        join(
            new CsvJoiner(Compression.ZSTD, LARGE),
            Compression.ZSTD,
            "event_key,event_time,b,_doc\nk1,t1,,\"{\"\"a\"\": 1,\n\"\"b\"\": 2}\"\nk2,t2,\"\",x\n",
            "event_key,event_time,a,c,_doc\nk3,t3,\"1,5\",2,x\n");

    assertThat(joined.get(0).rows()).isEqualTo(3);
    assertThat(text(joined, Compression.ZSTD))
        .isEqualTo(
            """
            event_key,event_time,a,b,c,_doc
            k1,t1,,,,"{""a"": 1,
            ""b"": 2}"
            k2,t2,,"",,x
            k3,t3,"1,5",,2,x
            """);
  }

  @Test
  void copiesCellsAndRecordsLongerThanABlock() throws Exception {
    String document = "\"" + "{\"\"x\"\":\n".repeat(50_000) + "\"";

    List<FileStats> joined =
        join(
            new CsvJoiner(Compression.NONE, LARGE),
            Compression.NONE,
            "event_key,_doc\nk1," + document + "\n",
            "event_key,_doc\nk2,x\n");

    assertThat(text(joined, Compression.NONE))
        .isEqualTo("event_key,_doc\nk1," + document + "\nk2,x\n");
  }

  @Test
  void beginsEveryCsvFileWithTheHeader() throws Exception {
    List<FileStats> joined =
        join(
            new CsvJoiner(Compression.NONE, 100_000),
            Compression.NONE,
            "event_key,_doc\n" + "k1,x\n".repeat(50_000),
            "event_key,_doc\nk2,x\n");

    assertThat(joined).hasSizeGreaterThan(1);
    for (FileStats file : joined) {
      assertThat(text(List.of(file), Compression.NONE)).startsWith("event_key,_doc\nk");
    }
    assertThat(joined.stream().mapToLong(FileStats::rows).sum()).isEqualTo(50_001);
  }

  @Test
  void leavesFilesThatCannotBeRead() throws Exception {
    Path broken = write(Compression.NONE, "no zstd");
    assertThatThrownBy(
            () -> new JsonLinesJoiner(Compression.ZSTD, LARGE).join(List.of(broken), empty()))
        .isInstanceOf(UnjoinableException.class)
        .hasMessageContaining(broken.toString());
    assertThatThrownBy(() -> joinCsv("event_key,_doc\nk1,\"x\n"))
        .isInstanceOf(UnjoinableException.class)
        .hasMessageContaining("ends within a record");
    assertThatThrownBy(() -> joinCsv("event_key,_doc\nk1\n"))
        .isInstanceOf(UnjoinableException.class)
        .hasMessageContaining("too short");
    assertThatThrownBy(() -> joinCsv(""))
        .isInstanceOf(UnjoinableException.class)
        .hasMessageContaining("no header");
  }

  private List<FileStats> joinCsv(String content) throws Exception {
    return join(new CsvJoiner(Compression.NONE, LARGE), Compression.NONE, content);
  }

  private List<FileStats> join(Joiner joiner, Compression compression, String... contents)
      throws UnjoinableException, IOException {
    List<Path> files = new ArrayList<>();
    for (String content : contents) {
      files.add(write(compression, content));
    }
    return joiner.join(files, empty());
  }

  private Path empty() throws IOException {
    return Files.createTempDirectory(folder, "joined");
  }

  private Path write(Compression compression, String content) throws IOException {
    Path file = Files.createTempFile(folder, "file", ".text");
    try (OutputStream out = compression.over(Files.newOutputStream(file))) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  private static String text(List<FileStats> files, Compression compression) throws IOException {
    StringBuilder text = new StringBuilder();
    for (FileStats file : files) {
      try (InputStream in = compression.under(Files.newInputStream(file.file()))) {
        text.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return text.toString();
  }
}
