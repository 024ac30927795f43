package dev.wadi.intake.poll;

import com.fasterxml.jackson.core.JsonPointer;
import dev.wadi.ops.Backoff;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * What is polled and how.
 *
 * @param url of the first page, without what paging adds
 * @param items where a page's items are
 * @param keepCursor whether a sweep goes on where the last one has ended
 * @param sinceParameter of the query: the time of the last sweep; blank for none
 * @param sinceOverlap how much earlier than that
 * @param contentTypes what is taken for JSON beside {@code +json}, in lower case
 * @param bucket that objects are put into; for people
 * @param keys what stands before the content's hash in the keys of objects
 * @param limits how often and how much
 */
public record PollOptions(
    URI url,
    Paging paging,
    JsonPointer items,
    boolean keepCursor,
    String sinceParameter,
    Duration sinceOverlap,
    List<String> contentTypes,
    String bucket,
    String keys,
    Limits limits) {

  /**
   * How often and how much.
   *
   * @param interval from the begin of a sweep to that of the next
   * @param requestsPerSecond at most; may be infinite
   * @param maxPages a sweep has no more
   * @param retryAttempts how often a page is asked for again, before the sweep is given up
   * @param retries how long to wait before that
   */
  public record Limits(
      Duration interval,
      double requestsPerSecond,
      int maxPages,
      int retryAttempts,
      Backoff retries) {

    /** From one request to the next, at least. */
    Duration pace() {
      return requestsPerSecond == 0
          ? interval
          : Duration.ofNanos((long) (Duration.ofSeconds(1).toNanos() / requestsPerSecond));
    }
  }
}
