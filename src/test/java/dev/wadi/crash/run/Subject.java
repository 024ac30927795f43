package dev.wadi.crash.run;

import dev.wadi.crash.check.Verdict;
import dev.wadi.crash.load.Sent;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What is put through a fault: Wadi or the control, here or in processes of its own. */
interface Subject extends AutoCloseable {

  /** Starts it; returns when it receives. */
  void start() throws Exception;

  /** Starts again what has ended by itself, as whatever runs services does. */
  void keepAlive() throws Exception;

  /** Stops it in good order. */
  void stop() throws Exception;

  /** Where a load is posted to; empty if it goes to the queue. */
  default Optional<URI> postedTo() {
    return Optional.empty();
  }

  /** Whether it has taken in what is neither in a queue nor in the bucket. */
  default boolean holdsMore() {
    return false;
  }

  /** What it may still hold when the queues are empty is in the bucket after this time. */
  Duration lag();

  /** Holds what it has made against what was sent. */
  Verdict check(Path copy, Sent sent) throws Exception;

  /** Ends it however it can be ended, and keeps its logs. */
  @Override
  void close() throws IOException;
}
