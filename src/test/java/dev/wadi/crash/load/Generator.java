package dev.wadi.crash.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends loads to queues and streams, or posts them, in a process of its own. It reads a job a line,
 * {@code <seed> <items> <millis> <endpoint> <queue> <log>}, and answers each with {@code sent} or
 * {@code failed}. A message without an answer is sent again until there is one; each try stands in
 * the log first.
 */
public final class Generator {

  /** In the place of a queue's name: the load is posted to the endpoint itself. */
  public static final String POSTED = "-";

  /** Before a stream's name, in the place of a queue's. */
  public static final String STREAM = "stream:";

  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int MOST_TRIES = 3_000;

  private Generator() {}

  /** Works off the jobs on standard input until it ends. */
  public static void main(String[] arguments) throws IOException {
    BufferedReader jobs =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String job = jobs.readLine(); job != null; job = jobs.readLine()) {
      try {
        work(job.split(" ", 6));
        System.out.println("sent");
      } catch (IOException | RuntimeException e) {
        System.out.println("failed " + e);
      }
    }
  }

  private static void work(String[] job) throws IOException {
    List<Message> messages = Load.of(Long.parseLong(job[0]), Integer.parseInt(job[1]));
    long nanosEach = Duration.ofMillis(Long.parseLong(job[2])).toNanos() / messages.size();
    URI endpoint = URI.create(job[3]);
    try (Target target = target(endpoint, job[4]);
        SendLogWriter log = new SendLogWriter(Path.of(job[5]))) {
      long began = System.nanoTime();
      for (Message message : messages) {
        LockSupport.parkNanos(began + message.number() * nanosEach - System.nanoTime());
        for (int tries = 1; ; tries++) {
          try {
            target.reach();
            log.trying(message, tries);
            target.send(message);
            log.answered(message);
            break;
          } catch (Target.NoAnswerException noAnswer) {
            if (tries == MOST_TRIES) {
              throw noAnswer;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
          }
        }
      }
      log.ended();
    }
  }

  private static Target target(URI endpoint, String name) {
    if (name.equals(POSTED)) {
      return new Poster(endpoint);
    }
    return name.startsWith(STREAM)
        ? new Stream(endpoint, name.substring(STREAM.length()))
        : new Queue(endpoint, name);
  }
}
