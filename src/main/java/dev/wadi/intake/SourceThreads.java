package dev.wadi.intake;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes a source's threads: named after it, and none keeps the process alive. */
public final class SourceThreads implements ThreadFactory {

  private final String name;
  private final AtomicInteger number = new AtomicInteger();

  /**
   * @param source such as {@code sqs:events}
   */
  public SourceThreads(String source) {
    this.name = "wadi-" + source.replace(':', '-');
  }

  @Override
  public Thread newThread(Runnable task) {
    Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }
}
