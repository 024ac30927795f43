package dev.wadi.crash.run;

import dev.wadi.crash.load.Generator;
import dev.wadi.process.Servers;
import dev.wadi.process.WadiProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** The process that sends the loads of all runs, one after the other. */
final class Senders implements AutoCloseable {

  /** In the place of a queue's name: the load is posted to the endpoint itself. */
  static final String POSTED = Generator.POSTED;

  /** Before a stream's name, in the place of a queue's. */
  static final String STREAM = Generator.STREAM;

  private static final Duration LOOK = Duration.ofMillis(20);

  private final WadiProcess generator =
      WadiProcess.startMain(Generator.class, Servers.credentials(), new String[0]);
  private int jobs;

  /** Begins to send a load, and doesn't wait for its end. */
  void begin(long seed, int items, Duration within, URI endpoint, String queue, Path log)
      throws IOException {
    jobs++;
    generator.say(
        seed + " " + items + " " + within.toMillis() + " " + endpoint + " " + queue + " " + log);
  }

  /** Whether all that was begun is sent. */
  boolean areDone() {
    return generator.output().size() == jobs;
  }

  /** Waits until all that was begun is sent and answered. */
  void await(Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    while (!areDone()) {
      if (!generator.isAlive() || System.nanoTime() > end) {
        throw new IllegalStateException("the generator does not end:\n" + generator.log());
      }
      Arena.pass(LOOK);
    }
    String answer = generator.output().get(jobs - 1);
    if (!answer.equals("sent")) {
      throw new IllegalStateException("the generator " + answer);
    }
  }

  @Override
  public void close() {
    generator.close();
  }
}
