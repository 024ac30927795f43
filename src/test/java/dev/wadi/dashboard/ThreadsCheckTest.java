package dev.wadi.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ThreadsCheckTest {

  private final ThreadsCheck check = new ThreadsCheck();
  private final Lock one = new ReentrantLock();
  private final Lock other = new ReentrantLock();
  private final CyclicBarrier both = new CyclicBarrier(2);

  @Test
  void isDownWhileThreadsWaitForEachOtherAndNamesThem() throws Exception {
    assertThat(check.ask().up()).isTrue();
    Thread first = start("first-of-two", one, other);
    Thread second = start("second-of-two", other, one);
    try {
      await().until(() -> !check.ask().up());
      assertThat(check.ask().detail()).contains("first-of-two, second-of-two");
    } finally {
      first.interrupt();
      second.interrupt();
      first.join();
      second.join();
    }
    assertThat(check.ask().up()).isTrue();
  }

  private Thread start(String name, Lock first, Lock second) {
    Thread thread =
        new Thread(
            () -> {
              try {
                first.lockInterruptibly();
                try {
                  both.await();
                  second.lockInterruptibly();
                } finally {
                  first.unlock();
                }
              } catch (Exception broken) {
                Thread.currentThread().interrupt();
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
