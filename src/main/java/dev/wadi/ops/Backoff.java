package dev.wadi.ops;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Tries again what must succeed in the end, waiting longer each time: from a first delay, doubling,
 * up to the greatest.
 *
 * @param first the wait after the first failure
 * @param greatest the longest wait
 */
public record Backoff(Duration first, Duration greatest) {

  /** The wait after so many failures, 1 for the first. */
  public Duration delay(int failures) {
    Duration delay = first;
    for (int failure = 1; failure < failures && delay.compareTo(greatest) < 0; failure++) {
      delay = delay.multipliedBy(2);
    }
    return delay.compareTo(greatest) < 0 ? delay : greatest;
  }

  /**
   * Calls until it succeeds.
   *
   * @param failed told of each failure, for the log
   * @throws InterruptedException when the process stops; what was called is then undecided
   */
  public <T> T untilItSucceeds(Callable<T> call, Consumer<Exception> failed)
      throws InterruptedException {
    for (int failures = 1; ; failures++) {
      try {
        return call.call();
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        failed.accept(e);
        pause(failures);
      } catch (Error e) {
        // such as one for want of memory, which must not leave it undecided either
        failed.accept(new IllegalStateException(e));
        pause(failures);
      }
    }
  }

  /** Waits as long as so many failures in a row ask for. */
  public void pause(int failures) throws InterruptedException {
    Thread.sleep(delay(failures).toMillis());
  }

  /**
   * Waits a random part of that, so that those who failed together don't come back together.
   *
   * @param random tells which part
   */
  public void pause(int failures, RandomGenerator random) throws InterruptedException {
    Thread.sleep(random.nextLong(delay(failures).toMillis() + 1));
  }
}
