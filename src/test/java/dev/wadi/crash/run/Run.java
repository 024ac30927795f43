package dev.wadi.crash.run;

import dev.wadi.crash.check.BucketCopy;
import dev.wadi.crash.check.Verdict;
import dev.wadi.crash.load.Sent;
import dev.wadi.process.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

/** One run: a load comes in, a fault happens, everything lands, the lake is checked. */
final class Run {

  /** Over which time the load is spread. */
  static final Duration LOADING = Duration.ofMillis(2_500);

  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Plan plan;
  private final Path folder;
  private final Servers servers;
  private final Senders senders;

  /**
   * @param folder for what it leaves, made by it
   */
  Run(Plan plan, Path folder, Servers servers, Senders senders) {
    this.plan = plan;
    this.folder = folder;
    this.servers = servers;
    this.senders = senders;
  }

  /** Runs it. What breaks the promise is in the verdict; anything else is an exception. */
  Verdict go() throws Exception {
    deleteWhatItLeft();
    Files.createDirectories(folder);
    Verdict verdict;
    try (Arena arena = new Arena(plan.name(), folder, servers)) {
      Random random = new Random(plan.seed());
      Ordeal ordeal = plan.fault().begin().of(plan.contender(), arena, random);
      try (Subject subject = ordeal.subject()) {
        Path log = folder.resolve("send.log");
        lead(arena, ordeal, log);
        Path copy = BucketCopy.of(arena.s3(), arena.bucket(), folder.resolve("lake"));
        verdict = subject.check(copy, Sent.read(log));
      }
    }
    Files.write(folder.resolve("findings.txt"), verdict.findings());
    return verdict;
  }

  /** Takes its folder away. */
  void deleteWhatItLeft() throws IOException {
    Folders.delete(folder);
  }

  private void lead(Arena arena, Ordeal ordeal, Path log) throws Exception {
    ordeal.start().go();
    senders.begin(
        plan.seed(),
        plan.items(),
        LOADING,
        ordeal.subject().postedTo().orElse(arena.senderProxy().endpoint()),
        ordeal.subject().postedTo().isPresent() ? Senders.POSTED : arena.queue(),
        log.toAbsolutePath());
    ordeal.happen().go();
    arena.clear();
    senders.await(PATIENCE);
    Subject subject = ordeal.subject();
    subject.keepAlive();
    awaitEmpty(arena, subject);
    Arena.pass(subject.lag());
    subject.stop();
  }

  private static void awaitEmpty(Arena arena, Subject subject) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (arena.held() > 0 || subject.holdsMore()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            arena.held() + " messages are still in the queues after " + PATIENCE);
      }
      subject.keepAlive();
      Arena.pass(LOOK);
    }
  }
}
