package dev.wadi.intake.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.Isolation;
import dev.wadi.event.TransientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
@Timeout(60)
class IntakeLogTest {

  @TempDir Path folder;

  @Test
  void givesWhatWasAppendedInItsOrder() throws Exception {
    try (IntakeLog log = LogFixture.open(folder);
        LogReader reader = log.reader()) {
      LogFixture.append(log, "a");
      LogFixture.append(log, "b", "c");
      assertThat(LogFixture.texts(LogFixture.read(reader, 3))).containsExactly("a", "b", "c");
    }
  }

  @Test
  void givesItAgainAfterARestartUntilItIsDone() throws Exception {
    List<String> ids = new ArrayList<>();
    try (IntakeLog log = LogFixture.open(folder);
        LogReader reader = log.reader()) {
      LogFixture.append(log, "a");
      LogFixture.append(log, "b");
      List<Frame> frames = LogFixture.read(reader, 2);
      frames.forEach(frame -> ids.add(frame.id()));
      log.done(frames.subList(0, 1));
    }
    try (IntakeLog log = LogFixture.open(folder);
        LogReader reader = log.reader()) {
      List<Frame> frames = LogFixture.read(reader, 2);
      assertThat(LogFixture.texts(frames)).containsExactly("a", "b");
      // by their ids a source knows which of them are accounted for
      assertThat(frames.stream().map(Frame::id)).containsExactlyElementsOf(ids);
      assertThat(frames).allMatch(frame -> frame.segment().isRecovered());
      log.done(frames);
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void leavesNoFileWhenAllIsDone() throws Exception {
    try (IntakeLog log = LogFixture.open(folder);
        LogReader reader = log.reader()) {
      LogFixture.append(log, "a");
      log.done(LogFixture.read(reader, 1));
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void writesRequestsThatComeTogetherInFewFrames() throws Exception {
    int requests = 2_000;
    try (IntakeLog log = LogFixture.open(folder);
        LogReader reader = log.reader()) {
      List<CompletableFuture<Void>> appended =
          IntStream.range(0, requests)
              .mapToObj(n -> log.append(List.of(LogFixture.event("event " + n))))
              .toList();
      appended.forEach(CompletableFuture::join);
      List<Frame> frames = LogFixture.read(reader, requests);
      assertThat(frames).hasSizeLessThan(requests / 2);
      assertThat(LogFixture.texts(frames))
          .containsExactlyElementsOf(
              IntStream.range(0, requests).mapToObj(n -> "event " + n).toList());
    }
  }

  @Test
  void keepsWhatBecomesADeadLetterApartFromEvents() throws Exception {
    Isolation why = new Isolation("invalid_cloudevent", "id is missing");
    try (IntakeLog log = LogFixture.open(folder);
        LogReader reader = log.reader()) {
      LogFixture.await(
          log,
          List.of(LogFixture.event("a"), new Entry("bad".getBytes(), why), LogFixture.event("b")));
      List<Frame> frames = LogFixture.read(reader, 3);
      assertThat(frames).hasSize(2);
      assertThat(frames.get(0).isolation()).isNull();
      assertThat(LogFixture.texts(frames.subList(0, 1))).containsExactly("a", "b");
      assertThat(frames.get(1).isolation()).isEqualTo(why);
    }
  }

  @Test
  void readsAgainWhatWasGivenBack() throws Exception {
    try (IntakeLog log = LogFixture.open(folder);
        LogReader reader = log.reader()) {
      LogFixture.append(log, "a");
      LogFixture.append(log, "b");
      List<Frame> frames = LogFixture.read(reader, 1);
      log.again(frames);
      assertThat(LogFixture.texts(LogFixture.read(reader, 2))).containsExactly("a", "b");
      assertThat(log.oldest()).contains(frames.get(0).at());
    }
  }

  @Test
  void writesOnAfterAnError() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Supplier<String> ids =
        () -> {
          if (asked.getAndIncrement() == 0) {
            throw new StackOverflowError("a test");
          }
          return "0".repeat(32);
        };
    try (IntakeLog log = IntakeLog.open(folder, 1 << 20, Clock.systemUTC(), ids);
        LogReader reader = log.reader()) {
      assertThatThrownBy(() -> LogFixture.append(log, "a")).isInstanceOf(TransientException.class);
      assertThat(log.trouble()).isPresent();
      LogFixture.append(log, "b");
      assertThat(log.trouble()).isEmpty();
      assertThat(LogFixture.texts(LogFixture.read(reader, 1))).containsExactly("b");
    }
  }

  @Test
  void takesNothingBeyondItsBoundAndGoesOnWhenThereIsRoom() throws Exception {
    String event = "x".repeat(10_000);
    try (IntakeLog log = LogFixture.open(folder, 1 << 20);
        LogReader reader = log.reader()) {
      int taken = 0;
      try {
        while (taken < 1_000) {
          LogFixture.append(log, event);
          taken++;
        }
      } catch (TransientException e) {
        assertThat(e).hasMessageContaining("is full");
      }
      assertThat(taken).isBetween(90, 110);
      log.done(LogFixture.read(reader, taken));
      org.awaitility.Awaitility.await().until(() -> log.bytes() < 1 << 17);
      LogFixture.append(log, event);
      assertThat(LogFixture.texts(LogFixture.read(reader, 1))).containsExactly(event);
    }
  }

  @Test
  void takesNothingWhenItIsClosed() {
    IntakeLog log = LogFixture.open(folder);
    log.close();
    assertThatThrownBy(() -> LogFixture.append(log, "a"))
        .isInstanceOf(TransientException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void saysThatItCantBeWrittenAndGoesOnWhenItCan() throws Exception {
    Path folder = this.folder.resolve("log");
    try (IntakeLog log = LogFixture.open(folder)) {
      Files.delete(folder.resolve("unclean-ends"));
      Files.delete(folder);
      assertThatThrownBy(() -> LogFixture.append(log, "a"))
          .isInstanceOf(TransientException.class)
          .hasMessageContaining("can't be written");
      assertThat(log.trouble()).isPresent();
      Files.createDirectory(folder);
      LogFixture.append(log, "b");
      assertThat(log.trouble()).isEmpty();
      try (LogReader reader = log.reader()) {
        assertThat(LogFixture.texts(LogFixture.read(reader, 1))).containsExactly("b");
      }
    }
  }

  @Test
  void letsAReaderGoThatWaits() throws Exception {
    try (IntakeLog log = LogFixture.open(folder);
        LogReader reader = log.reader()) {
      CompletableFuture<Frame> read =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return reader.next();
                } catch (IOException | InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      reader.end();
      assertThat(read.get()).isNull();
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> Segment.left(file) != null).toList();
    }
  }
}
