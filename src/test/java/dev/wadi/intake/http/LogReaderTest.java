package dev.wadi.intake.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A reader that is ending, beside the one that takes its place. */
@Tag("unit")
@Timeout(60)
class LogReaderTest {

  private static final int FRAME = 100;

  @TempDir Path folder;
  private final LogSegments segments = new LogSegments();
  private final LogReader former = new LogReader(segments);
  private final LogReader next = new LogReader(segments);

  @BeforeEach
  void writeTwoFrames() {
    Segment segment = Segment.create(folder, 1, UUID.randomUUID().toString().replace("-", ""));
    segment.synced = SegmentFile.HEAD;
    segments.add(segment);
    segments.synced(segment, SegmentFile.HEAD + 2 * FRAME, 2);
  }

  @Test
  void isGivenNoPlaceThatAnotherIsReading() throws Exception {
    assertThat(segments.next(former).offset()).isEqualTo(SegmentFile.HEAD);

    CompletableFuture<LogReader.Next> waiting = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                waiting.complete(segments.next(next));
              } catch (InterruptedException e) {
                waiting.completeExceptionally(e);
              }
            });
    thread.start();
    next.end();

    assertThat(waiting.get(10, TimeUnit.SECONDS)).as("ended before there was another").isNull();
  }

  @Test
  void isGivenThePlaceThatAnotherCouldNotRead() throws Exception {
    LogReader.Next place = segments.next(former);
    segments.failed(place);

    assertThat(segments.next(next)).isEqualTo(place);
  }
}
