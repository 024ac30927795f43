package dev.wadi.intake.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.SetupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a killed process, or a bad disk, has left of the log. */
@Tag("unit")
@Timeout(60)
class LogRecoveryTest {

  @TempDir Path folder;
  @TempDir Path work;

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES) // a file is opened and forced for each byte
  void cutsTheTornTailAtEveryPlaceAndKeepsAllThatWasAcknowledged() throws Exception {
    byte[] whole = written("first", "second", "third");
    int second = ends(whole)[0];
    int third = ends(whole)[1];
    for (int length = 0; length < whole.length; length++) {
      int frames = length < second ? 0 : length < third ? 1 : 2;
      assertThat(recovered(Arrays.copyOf(whole, length)))
          .as("cut after %s of %s bytes", length, whole.length)
          .containsExactly(Arrays.copyOf(new String[] {"first", "second", "third"}, frames));
    }
  }

  @Test
  void cutsWhatTheDiskHasLeftAsZeros() throws Exception {
    byte[] whole = written("first", "second");
    Arrays.fill(whole, ends(whole)[0], whole.length, (byte) 0);
    assertThat(recovered(Arrays.copyOf(whole, whole.length + 4096))).containsExactly("first");
  }

  @Test
  void keepsWhatItCutsOffSinceDamageToTheNewestFrameLooksTheSame() throws Exception {
    byte[] whole = written("first", "second");
    int second = ends(whole)[0];
    whole[second + 45] ^= 1;
    Path segment = onlyFile();
    Path cut = segment.resolveSibling(segment.getFileName() + ".cut");
    Files.write(segment, whole);
    for (int starts = 0; starts < 2; starts++) {
      try (IntakeLog log = LogFixture.open(folder);
          LogReader reader = log.reader()) {
        assertThat(LogFixture.texts(LogFixture.read(reader, 1))).containsExactly("first");
      }
      assertThat(segment).hasSize(second);
      assertThat(cut).hasBinaryContent(Arrays.copyOfRange(whole, second, whole.length));
    }
  }

  @Test
  void keepsWhatItCutsOffThoughNoFrameIsLeft() throws Exception {
    byte[] whole = written("first");
    whole[SegmentFile.HEAD + 45] ^= 1;
    Path segment = onlyFile();
    Files.write(segment, whole);
    LogFixture.open(folder).close();
    assertThat(segment).doesNotExist();
    assertThat(segment.resolveSibling(segment.getFileName() + ".cut"))
        .hasBinaryContent(Arrays.copyOfRange(whole, SegmentFile.HEAD, whole.length));
  }

  @Test
  void refusesToStartWhereAnAcknowledgedFrameIsDamaged() throws Exception {
    byte[] whole = written("first", "second", "third");
    int second = ends(whole)[0];
    whole[second + 45] ^= 1;
    assertThatThrownBy(() -> recovered(whole))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("is damaged at byte " + second)
        .hasMessageContaining("move it away");
  }

  @Test
  void takesALaterFrameOfTheSameWriteForPartOfTheTornTail() throws Exception {
    byte[] whole;
    try (IntakeLog log = LogFixture.open(folder);
        LogReader reader = log.reader()) {
      LogFixture.append(log, "first");
      // two frames that are written and made durable together
      LogFixture.await(
          log,
          Stream.concat(
                  Stream.generate(() -> LogFixture.event("x")).limit(200),
                  Stream.of(LogFixture.event("last")))
              .toList());
      List<Frame> frames = LogFixture.read(reader, 202);
      assertThat(frames).hasSize(3);
      whole = Files.readAllBytes(frames.get(0).segment().file());
      whole[(int) frames.get(1).offset() + 60] ^= 1;
    }
    assertThat(recovered(whole)).containsExactly("first");
  }

  @Test
  void refusesATornTailThatIsNotTheLastSegments() throws Exception {
    byte[] whole = written("first", "second");
    Path segment = onlyFile();
    Files.write(segment, Arrays.copyOf(whole, whole.length - 1));
    Files.write(
        folder.resolve("999999999999-" + "0".repeat(32) + ".log"),
        SegmentFile.head("0".repeat(32)));
    assertThatThrownBy(() -> LogFixture.open(folder))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("is damaged");
  }

  @Test
  void refusesASegmentUnderAnothersName() throws Exception {
    written("first");
    Path segment = onlyFile();
    Files.move(
        segment,
        folder.resolve("000000000009-" + "0".repeat(32) + ".log"),
        StandardCopyOption.ATOMIC_MOVE);
    assertThatThrownBy(() -> LogFixture.open(folder)).isInstanceOf(SetupException.class);
  }

  @Test
  void givesNoFrameAnIdThatWasUsedBefore() throws Exception {
    String id;
    try (IntakeLog log = LogFixture.open(folder);
        LogReader reader = log.reader()) {
      LogFixture.append(log, "a");
      List<Frame> frames = LogFixture.read(reader, 1);
      id = frames.get(0).id();
      log.done(frames);
    }
    try (IntakeLog log = LogFixture.open(folder);
        LogReader reader = log.reader()) {
      LogFixture.append(log, "b");
      assertThat(LogFixture.read(reader, 1).get(0).id()).isNotEqualTo(id);
    }
  }

  /** The bytes of a segment that these were appended to one after the other. */
  private byte[] written(String... events) throws Exception {
    try (IntakeLog log = LogFixture.open(folder)) {
      for (String event : events) {
        LogFixture.append(log, event);
      }
    }
    return Files.readAllBytes(onlyFile());
  }

  /** Where its frames end, each with one event. */
  private int[] ends(byte[] segment) throws IOException {
    Path file = onlyFile();
    FrameFormat format = new FrameFormat(Segment.left(file).id());
    int[] ends = new int[3];
    try (var channel = Files.newByteChannel(file)) {
      int count = 0;
      Frame frame = format.read(channel, Segment.left(file), SegmentFile.HEAD);
      while (frame != null) {
        ends[count++] = (int) frame.end();
        frame = format.read(channel, Segment.left(file), frame.end());
      }
    }
    assertThat(segment).hasSizeGreaterThanOrEqualTo(ends[0]);
    return ends;
  }

  /** What a log has that finds such a segment. */
  private List<String> recovered(byte[] segment) throws Exception {
    Path copy = Files.createTempDirectory(work, "log");
    Files.write(copy.resolve(onlyFile().getFileName()), segment);
    try (IntakeLog log = LogFixture.open(copy);
        LogReader reader = log.reader()) {
      // what is appended now comes behind all that was recovered
      LogFixture.append(log, "end");
      java.util.ArrayList<String> texts = new java.util.ArrayList<>();
      while (!texts.contains("end")) {
        texts.addAll(LogFixture.texts(List.of(reader.next())));
      }
      texts.remove("end");
      return texts;
    }
  }

  private Path onlyFile() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> Segment.left(file) != null).findFirst().orElseThrow();
    }
  }
}
