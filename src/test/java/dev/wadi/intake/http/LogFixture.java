package dev.wadi.intake.http;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What the tests of the intake log do again and again. */
final class LogFixture {

  private static final long PATIENCE_SECONDS = 30;

  private LogFixture() {}

  static IntakeLog open(Path folder) {
    return open(folder, 1L << 30);
  }

  static IntakeLog open(Path folder, long maxBytes) {
    return IntakeLog.open(
        folder, maxBytes, Clock.systemUTC(), () -> UUID.randomUUID().toString().replace("-", ""));
  }

  static Entry event(String text) {
    return Entry.event(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Appends one request with these events, and waits until it is durable. */
  static void append(IntakeLog log, String... events) throws Exception {
    List<Entry> entries = new ArrayList<>();
    for (String event : events) {
      entries.add(event(event));
    }
    await(log, entries);
  }

  static void await(IntakeLog log, List<Entry> entries) throws Exception {
    try {
      log.append(entries).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } catch (TimeoutException e) {
      throw new AssertionError("the log did not answer", e);
    }
  }

  /** Reads so many events' worth of frames. */
  static List<Frame> read(LogReader reader, int events) throws Exception {
    List<Frame> frames = new ArrayList<>();
    for (int count = 0; count < events; ) {
      Frame frame = reader.next();
      frames.add(frame);
      count += frame.events().size();
    }
    return frames;
  }

  static List<String> texts(List<Frame> frames) {
    return frames.stream()
        .flatMap(frame -> frame.events().stream())
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .toList();
  }
}
